"""Does a busy bus make a send longer, instead of costing events their retries?

Against a bus in fake time that admits so many requests a second, as a bucket that fills.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from lambda_src.sender.core import Delivery
from lambda_src.sender.entries import Entry
from lambda_src.sender.outcomes import Failure, Refusal
from lambda_src.sender.pace import CUT, Pace
from tests.unit.lambda_src.sender.fakes import FAILING, THROTTLED, FakeTime, entries

UNLIMITED = float("inf")


@dataclass
class BusyBus:
    """`admits` requests a second; each takes `seconds`."""

    time: FakeTime
    admits: float
    seconds: float = 0.002
    tokens: float = 1.0
    filled: float = 0.0
    attempts: list[int] = field(default_factory=list)
    taken: int = 0

    def put_events(self, batch: Sequence[Entry]) -> list[Refusal | None]:
        now = self.time.now
        self.tokens = min(max(1.0, self.admits / 10), self.tokens + (now - self.filled) * self.admits)
        self.filled = now
        self.time.now += self.seconds
        self.attempts.append(len(batch))
        if self.tokens < 1:
            return [THROTTLED] * len(batch)
        self.tokens -= 1
        self.taken += len(batch)
        return [None] * len(batch)


def sent_to(bus: BusyBus, count: int, pace: Pace) -> tuple[Delivery, list[Failure]]:
    failures: list[Failure] = []
    delivery = Delivery(
        put_events=bus.put_events,
        give_up=failures.append,
        clock=bus.time.clock,
        deadline=10_000.0,
        fail_unattempted=True,
        pace=pace,
    )
    delivery.run(entries(count))
    return delivery, failures


def test_a_bus_that_is_never_busy_is_never_waited_for() -> None:
    bus = BusyBus(FakeTime(), UNLIMITED, tokens=UNLIMITED)
    sent_to(bus, 1_000, Pace())
    assert bus.time.sleeps == []


def test_an_error_that_is_no_throttle_changes_no_pace() -> None:
    pace = Pace()
    pace.hear(began=0.0, now=0.1, accepted=0.0, is_throttled=FAILING.is_throttle)
    assert (pace.rate, pace.wait(0.1)) == (UNLIMITED, 0.0)


def test_requests_that_were_under_way_at_a_cut_do_not_cut_again() -> None:
    pace = Pace()
    for number in range(100):
        pace.start(number / 100)
        pace.hear(began=number / 100, now=number / 100, accepted=1.0, is_throttled=False)
    pace.hear(began=0.98, now=1.0, accepted=0.0, is_throttled=True)
    cut = pace.rate
    assert cut == pytest.approx(CUT * 100, rel=0.1)
    pace.hear(began=0.99, now=1.01, accepted=0.0, is_throttled=True)
    assert pace.rate == cut
    pace.hear(began=1.02, now=1.03, accepted=0.0, is_throttled=True)
    assert pace.rate < cut


@pytest.mark.parametrize("pause", [10.0, 600.0])
def test_a_pause_before_a_throttle_does_not_count_as_a_time_in_which_little_was_accepted(pause: float) -> None:
    """The pace lives as long as the execution environment, and an invocation may come after minutes."""
    pace = Pace()
    for now in (0.0, pause):
        for number in range(50):
            moment = now + number / 500
            pace.start(moment)
            pace.hear(began=moment, now=moment, accepted=1.0, is_throttled=False)
    pace.hear(began=now + 0.1, now=now + 0.1, accepted=0.0, is_throttled=True)
    assert pace.rate > CUT * 400
