"""Which options do the commands share?"""

import functools
from collections.abc import Callable
from typing import Any

import click

from local_aws.control import connect as connect_local
from ops.aws import Aws, connect, use
from ops.environment import find_environment

OPTIONS = (
    click.option(
        "--env", "name", default="dev", show_default=True, help="The environment's name in its stacks' names."
    ),
    click.option("--profile", help="AWS profile. Default: the credentials of the shell."),
    click.option("--region", help="AWS region. Default: the profile's or the shell's."),
    click.option("--local", "port", type=int, metavar="PORT", help="The local AWS that `make up` left on this port."),
)
# For every command: what it says on its output, for a script.
as_json = click.option("--json", "as_json", is_flag=True, help="JSON for scripts instead of text for people.")


def in_account(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command `aws` and the environment's `name` in the place of these options.

    For a command that has something to say before anything is deployed. Raises OpsError, LocalAwsError.
    """

    @functools.wraps(command)
    def with_account(name: str, profile: str | None, region: str | None, port: int | None, **others: Any) -> Any:
        if port is not None:
            use(connect_local(port).environment())
        return command(aws=connect(profile=profile, region=region), name=name, **others)

    for option in reversed(OPTIONS):
        with_account = option(with_account)
    return with_account


def on_environment(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command an `environment` in the place of these options. Raises OpsError, LocalAwsError."""

    @functools.wraps(command)
    def with_environment(aws: Aws, name: str, **others: Any) -> Any:
        return command(environment=find_environment(aws, name), **others)

    return in_account(with_environment)
