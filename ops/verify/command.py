"""What does `python -m ops verify` do?"""

import json
import sys
import time
import uuid

import click
from rich.console import Console

from ops.aws import OpsError
from ops.environment import Environment
from ops.options import as_json, on_environment
from ops.verify.awaited import told
from ops.verify.report import Report
from ops.verify.run import prepare
from ops.verify.run import verify as run
from ops.verify.screen import show
from ops.verify.watch import Time
from stacks.route import Target
from stacks.routing_table import InvalidRoutes, read_routes

ALL_ARRIVED, SOMETHING_IS_WRONG, INTERRUPTED = 0, 1, 130
RUN_LENGTH = 12  # characters
MOST_EACH = 100


@click.command(
    epilog="Exit code: 0 all arrived, 1 something is missing, unexpected or unreadable, 2 it could not run, 130 "
    "interrupted."
)
@click.option("--each", type=click.IntRange(1, MOST_EACH), default=1, show_default=True, help="Events for each route.")
@click.option(
    "--skip", multiple=True, type=click.Choice([target.value for target in Target]), help="A target to leave out."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=1, max=3_600),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for what has not arrived.",
)
@as_json
@on_environment
def verify(
    environment: Environment,
    each: int,
    skip: tuple[str, ...],
    timeout: float,
    as_json: bool,  # noqa: FBT001 - click passes flags by name
) -> None:
    """Sends test events of every route through the sender, and waits for them at the far end of every target.

    The far end is what the target's own program logs after its work. Expect seconds for the event log, lambda and
    kinesis; a minute or two for ecs, where a task is started; seconds for ec2, minutes while its instance boots.

    The events are real to everything behind the bus: they are counted and processed, and `lambda` publishes an alert
    that says TEST to the topic's subscribers. `--skip lambda` sends nothing that leads there.

    It tests the simulation bus. Nobody but AWS's partners can put events on the partner bus, whose rules come from the
    same templates.
    """
    skipped = frozenset(map(Target, skip))
    try:
        routes = read_routes()
    except InvalidRoutes as error:
        raise OpsError(str(error)) from error
    report = prepare(environment, routes, run=uuid.uuid4().hex[:RUN_LENGTH], each=each, skip=skipped)
    if not report.canaries:
        raise click.UsageError(f"nothing is left to test in {environment}: leave out fewer targets with --skip")
    clock = Time(now=time.monotonic, wall=time.time, sleep=time.sleep)
    try:
        with told(events=len(report.canaries)) as tell:
            run(report, clock, timeout=timeout, tell=tell)
    except KeyboardInterrupt:
        report.was_interrupted = True
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2))
    else:
        show(Console(highlight=False), report)
    sys.exit(exit_code(report))


def exit_code(report: Report) -> int:
    if report.was_interrupted:
        return INTERRUPTED
    return ALL_ARRIVED if report.is_complete else SOMETHING_IS_WRONG
