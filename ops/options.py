"""Which options does every command have that works on a deployed environment?"""

import functools
from collections.abc import Callable
from typing import Any

import click

from local_aws.control import connect as connect_local
from ops.aws import connect, use
from ops.environment import Environment, find_environment

OPTIONS = (
    click.option(
        "--env", "name", default="dev", show_default=True, help="The environment's name in its stacks' names."
    ),
    click.option("--profile", help="AWS profile. Default: the credentials of the shell."),
    click.option("--region", help="AWS region. Default: the profile's or the shell's."),
    click.option("--local", "port", type=int, metavar="PORT", help="The local AWS that `make up` left on this port."),
)


def on_environment(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command an `environment` in the place of these options. Raises OpsError, LocalAwsError."""

    @functools.wraps(command)
    def with_environment(name: str, profile: str | None, region: str | None, port: int | None, **others: Any) -> Any:
        if port is not None:
            use(connect_local(port).environment())
        return command(environment=find(name, profile=profile, region=region), **others)

    for option in reversed(OPTIONS):
        with_environment = option(with_environment)
    return with_environment


def find(name: str, *, profile: str | None, region: str | None) -> Environment:
    return find_environment(connect(profile=profile, region=region), name)
