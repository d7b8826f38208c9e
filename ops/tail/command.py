"""What does `python -m ops tail` do?"""

import functools
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import click

from lambda_src.printable import printable
from ops.buses import find_prefix
from ops.environment import Environment
from ops.event_log import Seen, read
from ops.options import on_environment
from ops.tail.follow import follow as look_again
from ops.tail.options import filtered, formatted
from ops.tail.output import wait, while_read
from ops.tail.patience import patient
from ops.tail.show import show_wanted
from ops.tail.wanted import Wanted
from ops.window import Moment

INTERRUPTED = 130
# FilterLogEvents may be called five times a second, by all of an account's users in a region together.
# https://repost.aws/knowledge-center/cloudwatch-logs-throttling
INTERVAL = 2.0  # seconds between two looks


def is_past(_context: click.Context, _parameter: click.Parameter, since: datetime) -> datetime:
    if since > datetime.now(UTC):
        raise click.BadParameter(f"{since:%Y-%m-%d %H:%M:%S} UTC is in the future")
    return since


@click.command(
    epilog="Exit code: 0 it ended by itself (--no-follow, --limit, or nobody reads its output any more), "
    "2 it could not run, 130 ended by Ctrl-C."
)
@click.option(
    "--since",
    type=Moment(),
    callback=is_past,
    default="10m",
    show_default=True,
    help="Begin with what came since: 24h, a time.",
)
@click.option("--follow/--no-follow", default=True, show_default=True, help="Go on with what comes, until Ctrl-C.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="End after N events.")
@filtered
@formatted
@on_environment
def tail(
    environment: Environment,
    since: datetime,
    follow: bool,  # noqa: FBT001 - click passes flags by name
    limit: int | None,
    only: Wanted,
    show: Callable[[Seen], None],
) -> None:
    """Shows events as they pass, as the event log has them: a line each, coloured by severity.

    A line: when (UTC), log type, its name and category, connection, application, log_id. Of several filters of one
    kind an event fits any, of different kinds each; types and categories are one kind. What EventBridge delivers twice
    is two lines.
    """
    if only.bus is not None:
        only = replace(only, source=find_prefix(environment, only.bus))
    found = events(environment, since, follow=follow)
    what = f"no event {'' if only.is_all else 'that fits '}since {since:%Y-%m-%d %H:%M:%S} UTC"
    try:
        with while_read():
            show_wanted(
                found, only, limit=limit, show=show, tell=lambda then: note(f"{what} {then}"), clock=time.monotonic
            )
    except KeyboardInterrupt:
        click.echo(err=True)  # closes the terminal's ^C
        sys.exit(INTERRUPTED)


def events(environment: Environment, since: datetime, *, follow: bool) -> Iterator[Seen | None]:
    """The log's lines since then; with `follow` for ever, None where it waited for more."""
    read_patiently = patient(functools.partial(read, environment), lambda error: note(f"AWS: {error}; trying again"))
    for seen in look_again(read_patiently, since, lambda: datetime.now(UTC)):
        if seen is None and not follow:
            return
        if seen is None:
            wait(INTERVAL)
        yield seen


def note(text: str) -> None:
    """Beside the output, which may be read by a program."""
    click.echo(f"ops: {printable(text, 400)}", err=True)
