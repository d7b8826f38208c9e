"""What is there to do in one run, and how is it done?"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from functools import partial

from ops.progress import Advance
from ops.send.at_once import Said, in_order, send_wholly
from ops.send.pace import Pace
from ops.send.plan import Plan
from ops.send.portion import Portion
from ops.send.report import Report
from ops.send.sender import Sender


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


def do(
    job: Job,
    sender: Sender,
    *,
    pace: Pace,
    progress: Advance,
    at_once: int = 1,
    tell: Callable[[str], object] = lambda _: None,
) -> None:
    """`at_once`: calls of the sender; `tell` says what an interruption waits for. Raises OpsError.

    What the report counts until then is done, without a gap: what was called after a call that failed counts as under
    way, and is to be sent again.
    """
    started = pace.seconds()
    try:
        with job.held():
            portions = begun(job, pace)
            with closing(in_order(partial(send_wholly, sender), portions, at_once=at_once, tell=tell)) as answers:
                for portion, said in answers:
                    settle(job, portion, said)
                    progress(portion.count)
            job.finished()
    finally:
        job.report.seconds = pace.seconds() - started


def begun(job: Job, pace: Pace) -> Iterator[Portion]:
    for portion in job.portions:
        pace.wait(portion)
        job.report.under_way += portion.count
        yield portion


def settle(job: Job, portion: Portion, said: Said) -> None:
    for answer, count in said.answers:
        job.report.counts.add(answer, count)
    job.report.under_way += said.left - portion.count
    if said.error:
        raise said.error
    job.settled(portion)
