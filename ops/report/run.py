"""In which order is what read for a report?"""

import subprocess
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from ops.aws import OpsError
from ops.environment import Environment
from ops.event_log import Seen
from ops.event_log import read as read_events
from ops.progress import Advance, bar
from ops.report import metrics
from ops.report.buckets import UNIX, buckets_of
from ops.report.counts import Counts, count
from ops.report.report import Report
from ops.window import Window

TOLD_EACH = 500  # events: a bar that moves at each would cost more than the reading


def report_of(
    environment: Environment, window: Window, *, compare: bool, personal: bool, now: datetime, version: str
) -> Report:
    """Raises OpsError for an environment without an event log, or with a dead-letter queue that is gone."""
    require_after_1970(window)
    earlier = window_before(window) if compare else None
    delivery = metrics.read(environment, window, now=now)  # first: what is refused is refused at once
    counts = read(environment, window, "events", with_people=personal)
    before = read(environment, earlier, "events of the window before") if earlier else None
    return Report(
        environment=str(environment),
        window=window,
        counts=counts,
        before=before,
        delivery=delivery,
        generated=now,
        version=version,
    )


def read(environment: Environment, window: Window, what: str, *, with_people: bool = False) -> Counts:
    with bar(what, None) as progress:
        events = told(read_events(environment, window), progress)
        return count(events, buckets_of(window), with_people=with_people)


def told(events: Iterable[Seen], progress: Advance) -> Iterator[Seen]:
    for number, seen in enumerate(events, start=1):
        yield seen
        if number % TOLD_EACH == 0:
            progress(TOLD_EACH)


def window_before(window: Window) -> Window:
    """Raises OpsError for one that begins before 1970, where CloudWatch's time does."""
    length = window.end - window.start
    if window.start - UNIX < length:
        raise OpsError(f"the window before {window} begins before 1970: leave --compare out")
    return Window(start=window.start - length, end=window.start)


def require_after_1970(window: Window) -> None:
    if window.start < UNIX:
        raise OpsError(f"--since {window.start.date()} is before 1970, where CloudWatch's time begins")


def version_of(checkout: Path) -> str:
    """The commit, if Git knows one."""
    command = ["git", "-C", str(checkout), "describe", "--always", "--dirty", "--exclude=*"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return "version unknown"
    return said.stdout.strip()
