"""What does `python -m ops status` do?"""

import json
import sys
from datetime import UTC, datetime
from typing import Any

import click

from ops.aws import Aws
from ops.commands import Commands
from ops.options import as_json, in_account
from ops.progress import bar
from ops.status.asking import Asking
from ops.status.look import look
from ops.status.screen import console, show
from ops.status.sources import Wanted
from stacks.event_sources import EVENT_SOURCE

HEALTHY, NEEDS_YOU = 0, 1


class EventSource(click.ParamType[Wanted]):
    name = "name or ARN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Wanted:
        match = EVENT_SOURCE.fullmatch(value)
        if not match:
            self.fail(
                f"{value!r}; expected aws.partner/auth0.com/<tenant>-<uuid>/auth0.logs or its ARN: copy it from the "
                "Auth0 dashboard, Monitoring > Streams > your stream",
                param,
                ctx,
            )
        return Wanted(source=match["name"], region=match["region"])


@click.command(
    epilog="Exit code: 0 healthy, 1 something needs you, 2 it could not run, 130 interrupted. It changes nothing."
)
@click.option("--event-source", "wanted", type=EventSource(), default=None, help="Auth0's, before it is deployed.")
@as_json
@in_account
def status(
    aws: Aws,
    commands: Commands,
    wanted: Wanted | None,
    as_json: bool,  # noqa: FBT001 - click passes flags by name
) -> None:
    """Preflight and health in one: does every event get through, and is anybody told if not?

    Before a deployment: is the account bootstrapped, in which state is Auth0's event source, and with what to deploy.
    Afterwards: source, buses, rules and their targets, the last event, what waits in queues, functions, the sender's
    last run, alarms, archives, stacks and versions. What needs a person comes first, with the commands to paste.
    """
    with bar("asking AWS", None) as progress, Asking(progress) as asking:
        report = look(aws, commands, wanted or Wanted(), asking, datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2))
    else:
        show(console(), report)
    sys.exit(HEALTHY if report.is_healthy else NEEDS_YOU)
