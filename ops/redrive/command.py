"""What does `python -m ops redrive` do?"""

import json
import sys
import time

import click
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from ops.environment import Environment
from ops.options import as_json, on_environment
from ops.progress import bar
from ops.redrive.queues import dead_letter_queues
from ops.redrive.report import Report
from ops.redrive.run import redrive as run
from ops.redrive.screen import show

WAIT = 1  # seconds that SQS looks for a letter; more would find no more
ALL_WENT, SOMETHING_STAYS, INTERRUPTED = 0, 1, 130


@click.command(
    epilog="Exit code: 0 all went (or a dry run), 1 something stays or a queue is gone, 2 it could not run, "
    "130 interrupted."
)
@click.argument("queues", nargs=-1, metavar="[QUEUE]...")
@click.option("--go", is_flag=True, help="Do it. Without it nothing is moved: a dry run says what would be done.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Take at most N messages into the hand.")
@as_json
@on_environment
def redrive(
    environment: Environment,
    queues: tuple[str, ...],
    go: bool,  # noqa: FBT001 - click passes flags by name
    limit: int | None,
    as_json: bool,  # noqa: FBT001 - click passes flags by name
) -> None:
    """Puts the messages of dead-letter and undelivered queues back to where they came from.

    QUEUE is a queue's name, which is its alarm's: AlertRouteUndelivered. Without one: all of them.

    Poison stays: what fails again stays in its queue. It can be interrupted and run again at any time: a message is
    deleted after it has arrived, so that at worst one arrives twice.
    """
    report = Report(environment=str(environment), is_dry_run=not go, started=time.time(), recreate=environment.way_back)
    try:
        chosen = dead_letter_queues(environment, queues)
        report.gone = [queue.name for queue in chosen if queue.is_gone]
        # by AWS's clock, as the letters' timestamps: by a fast one of ours, what the sender keeps again would go round
        report.started = max((queue.asked_at for queue in chosen if not queue.is_gone), default=report.started)
        waiting = sum(queue.waiting for queue in chosen)
        with bar("messages", min(waiting, limit or waiting)) as progress:
            run(environment, chosen, report, limit=limit, wait=WAIT, progress=progress)
    except KeyboardInterrupt:
        report.was_interrupted = True
    except (BotoCoreError, ClientError):
        if report.queues:  # what was done until then is done
            tell(report, as_json=as_json)
        raise
    tell(report, as_json=as_json)
    sys.exit(exit_code(report))


def tell(report: Report, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2))
    else:
        show(Console(highlight=False), report)


def exit_code(report: Report) -> int:
    if report.was_interrupted:
        return INTERRUPTED
    left = report.stays + report.kept_again + report.held_by_others
    return SOMETHING_STAYS if report.gone or (left and not report.is_dry_run) else ALL_WENT
