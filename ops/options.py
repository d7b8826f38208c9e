"""Which options do the commands share?"""

import difflib
import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import click
from botocore.exceptions import EndpointConnectionError

from lambda_src.printable import printable
from local_aws.control import HOST, port_of
from local_aws.control import connect as connect_local
from ops.aws import Aws, OpsError, connect, use
from ops.commands import DEFAULT_ENVIRONMENT, Commands
from ops.environment import find_environment
from stacks.checks import InvalidSettings
from stacks.settings import Settings


class EnvironmentName(click.ParamType[str]):
    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """As the setting `environment` takes it: no other can be deployed."""
        try:
            return Settings(environment=value).environment
        except InvalidSettings as error:
            self.fail(f"{error}", param, ctx)


def advice(aws: Aws, url: str) -> str:
    """What to do where nobody answers."""
    if url.startswith(f"http://{HOST}:"):
        return f"if {printable(url, 400)} is the local AWS, start it: `make up PORT={urlsplit(url).port}`"
    known = aws.known_regions("events")
    if aws.region in known:
        return f"no network, or no such endpoint (AWS_ENDPOINT_URL): {printable(url, 400)}"
    near = difflib.get_close_matches(aws.region, known, n=1)
    return f"boto3 knows no such region; did you mean {near[0]}?" if near else "boto3 knows no such region"


OPTIONS = (
    click.option(
        "--env",
        "name",
        type=EnvironmentName(),
        default=DEFAULT_ENVIRONMENT,
        show_default=True,
        help="The environment's name in its stacks' names.",
    ),
    click.option("--profile", help="AWS profile. Default: the credentials of the shell."),
    click.option("--region", help="AWS region. Default: the profile's or the shell's."),
    click.option(
        "--local", "port", type=port_of, metavar="PORT", help="The local AWS that `make up` left on this port."
    ),
)
# For every command: what it says on its output, for a script.
as_json = click.option("--json", "as_json", is_flag=True, help="JSON for scripts instead of text for people.")


def in_account(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command `aws`, and `commands` as they were given with these options, in the place of the options.

    For a command that has something to say before anything is deployed. Raises OpsError, LocalAwsError.
    """

    @functools.wraps(command)
    def with_account(name: str, profile: str | None, region: str | None, port: int | None, **others: Any) -> Any:
        if port is not None:
            use(connect_local(port).environment())
        commands = Commands(environment=name, profile=profile, region=region, port=port)
        aws = connect(profile=profile, region=region)
        try:
            return command(aws=aws, commands=commands, **others)
        except EndpointConnectionError as error:
            raise OpsError(
                f"nobody answers in {aws.region}: {advice(aws, str(error.kwargs['endpoint_url']))}"
            ) from error

    for option in reversed(OPTIONS):
        with_account = option(with_account)
    return with_account


def on_environment(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command an `environment` in the place of these options. Raises OpsError, LocalAwsError."""

    @functools.wraps(command)
    def with_environment(aws: Aws, commands: Commands, **others: Any) -> Any:
        return command(environment=find_environment(aws, commands), **others)

    return in_account(with_environment)
