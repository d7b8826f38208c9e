"""What is there to do in one run, and how is it done?"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from ops.progress import Advance
from ops.send.pace import Pace
from ops.send.plan import Plan
from ops.send.portion import Portion
from ops.send.report import Report
from ops.send.sender import NotCalled, Sender


def nothing(_portion: Portion) -> None:
    """To remember."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """`portions` can be read once. `settled` is told of each that the sender has answered; `finished` of the end.

    `held`: what has to be had while it is done; it raises OpsError if it cannot be.
    """

    report: Report
    portions: Iterator[Portion]
    plan: Callable[[], Plan]
    settled: Callable[[Portion], None] = nothing
    finished: Callable[[], None] = lambda: None
    held: Callable[[], AbstractContextManager[None]] = nullcontext


def do(job: Job, sender: Sender, *, pace: Pace, progress: Advance) -> None:
    """Raises OpsError. What the report counts until then is done."""
    started = pace.seconds()
    try:
        with job.held():
            for portion in job.portions:
                pace.wait(portion)
                settle(job, sender, portion)
                progress(portion.count)
            job.finished()
    finally:
        job.report.seconds = pace.seconds() - started


def settle(job: Job, sender: Sender, portion: Portion) -> None:
    job.report.under_way = portion.count
    try:
        answer = sender.send(portion)
    except NotCalled:
        job.report.under_way = 0
        raise
    job.report.counts.add(answer, portion)
    job.report.under_way = 0
    job.settled(portion)
