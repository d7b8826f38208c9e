"""What does `python -m ops send` do?"""

import json
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from lambda_src.sender.request import LARGEST_SEED
from ops.aws import OpsError
from ops.environment import Environment
from ops.options import as_json, on_environment
from ops.progress import bar
from ops.send.amounts import Duration, Moment, Rate, codes_of_all
from ops.send.choice import Choice
from ops.send.job import Job, do
from ops.send.jobs import job_of
from ops.send.pace import Pace
from ops.send.report import Report
from ops.send.scenarios.catalogue import SCENARIOS
from ops.send.screen import lines, show_plan
from ops.send.sender import Sender, sender_of

ALL_SENT, SOMETHING_FAILED, INTERRUPTED = 0, 1, 130
MOST_COUNT, MOST_SCALE = 100_000_000, 1_000
# A new account can have as few as 10 concurrent executions, for all of its functions:
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MOST_AT_ONCE = 64
HELP = """Sends Auth0's logs through the deployed sender, onto the simulation bus. (Nobody but Auth0 can put an event on
the partner bus.) Choose one of --count, --scenario and --file.

The scenarios, each with the same people and addresses from cause to consequence, at times that end now:

{scenarios}

--file takes real logs for a backfill: one log a line, or the JSON array of the Management API. A file is checked as a
whole before anything of it is sent; standard input (-) as it goes. After Ctrl-C, a kill or a lost connection, the
same command goes on where it was: at worst 1,000 events are sent twice, which is harmless, as consumers remember log
ids. Nothing that is in a log is shown.
""".format(scenarios="\n\n".join(f"{name}: {scenario.summary}." for name, scenario in SCENARIOS.items()))
EPILOG = (
    "Exit code: 0 all sent (or a dry run), 1 something failed (and is kept) or was skipped, 2 it could not run or "
    "not go on, 130 interrupted."
)


@click.command(help=HELP, epilog=EPILOG)
@click.option("--count", type=click.IntRange(1, MOST_COUNT), metavar="N", help="So many generated logs.")
@click.option(
    "--type", "types", multiple=True, metavar="CODE", help="Of this log type (several: in turn). Default: all."
)
@click.option(
    "--category", "categories", multiple=True, metavar="NAME", help="Of this category's types: auth.signup.fail."
)
@click.option("--scenario", type=click.Choice(list(SCENARIOS)), help="A story.")
@click.option("--scale", type=click.IntRange(1, MOST_SCALE), metavar="N", help="So many times the people and attacks.")
@click.option("--duration", type=Duration(), help="In so much time (1h). Default: the story's own, 30m to 24h.")
@click.option("--real-time", is_flag=True, help="It begins now, and each log is sent when it happens.")
@click.option("--seed", type=click.IntRange(0, LARGEST_SEED), metavar="N", help="Makes the same logs or story again.")
@click.option("--first", type=click.IntRange(0, MOST_COUNT), metavar="N", help="Go on at this log of a run (from 0).")
@click.option("--at", type=Moment(), metavar="TIME", help="The moment that the run is dated by. Default: now.")
@click.option(
    "--at-once", type=click.IntRange(1, MOST_AT_ONCE), metavar="N", help="So many calls of the sender at once."
)
@click.option("--file", metavar="PATH", help="Real logs; - is standard input.")
@click.option("--restart", is_flag=True, help="Send all of the file, also what an interrupted run has sent.")
@click.option("--skip-bad", is_flag=True, help="Leave out what is no log, and count it, instead of stopping there.")
@click.option(
    "--checkpoints",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the place in the file. Default: .build/send in the checkout.",
)
@click.option("--rate", type=Rate(), metavar="N", help="At most so many events a second. Default: as fast as it goes.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent.")
@as_json
@on_environment
def send(
    environment: Environment,
    categories: tuple[str, ...],
    types: tuple[str, ...],
    dry_run: bool,  # noqa: FBT001 - click passes flags by name
    as_json: bool,  # noqa: FBT001 - click passes flags by name
    **what: Any,
) -> None:
    choice = Choice(types=codes_of_all(types, categories), **what)
    function = sender_of(environment)
    job = job_of(environment, choice, now=datetime.now(UTC))
    job.report.redrive = environment.commands.ops("redrive", "Undelivered")
    if dry_run:
        tell_plan(job, as_json=as_json)
        return
    sender = Sender(environment.aws, function, recreate=environment.way_back, sleep=time.sleep)
    pace = Pace(rate=choice.rate, seconds=time.monotonic, now=lambda: datetime.now(UTC), sleep=time.sleep)
    run(job, sender, pace, as_json=as_json, at_once=choice.at_once or 1)
    sys.exit(exit_code(job.report))


def run(job: Job, sender: Sender, pace: Pace, *, as_json: bool, at_once: int) -> None:
    report = job.report
    left = None if report.total is None else report.total - report.earlier
    try:
        with bar("events", left) as progress:
            do(job, sender, pace=pace, progress=progress, at_once=at_once, tell=partial(click.echo, err=True))
    except KeyboardInterrupt:
        report.was_interrupted = True
    except OpsError as error:
        if report.counts.done:  # what was done until then is done
            tell(report, as_json=as_json)
        raise OpsError(f"{str(error).rstrip('.')}. To go on: {report.go_on()}") from error
    tell(report, as_json=as_json)


def tell(report: Report, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2))
        return
    console = Console(highlight=False)
    for line in lines(report):
        console.print(line, soft_wrap=True)


def tell_plan(job: Job, *, as_json: bool) -> None:
    plan = job.plan()
    if as_json:
        click.echo(json.dumps({**job.report.as_json(), "dry_run": True, **plan.as_json()}, indent=2))
    else:
        show_plan(Console(highlight=False), job.report, plan)


def exit_code(report: Report) -> int:
    if report.was_interrupted:
        return INTERRUPTED
    return ALL_SENT if report.counts.is_complete else SOMETHING_FAILED
