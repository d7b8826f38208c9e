"""Does a busy bus make a send longer, instead of costing events their retries?

Against a bus in fake time that admits so many requests a second, as a bucket that fills.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_src.sender.pace import SLOWEST, Pace
from tests.unit.lambda_src.sender.fakes import FakeTime
from tests.unit.lambda_src.sender.test_pace import UNLIMITED, BusyBus, sent_to


class NoPace(Pace):
    """What the sender would be without one."""

    def wait(self, now: float) -> float:
        return 0.0


@pytest.mark.parametrize("admits", [20.0, 50.0, 200.0])
def test_at_a_bus_that_admits_so_much_everything_arrives_with_little_more_than_one_attempt(admits: float) -> None:
    bus = BusyBus(FakeTime(jitter=0.5), admits)
    delivery, failures = sent_to(bus, 20_000, Pace())
    assert (delivery.sent, failures) == (20_000, [])
    assert sum(bus.attempts) < 1.05 * 20_000
    assert bus.time.now < 1.5 * 2_000 / admits


def test_without_a_pace_the_same_bus_costs_events_their_retries() -> None:
    bus = BusyBus(FakeTime(jitter=0.5), 20.0)
    delivery, failures = sent_to(bus, 20_000, NoPace())
    assert sum(bus.attempts) > 1.5 * 20_000
    assert len(failures) == delivery.failed > 100


def test_a_pace_without_throttles_is_forgotten_in_the_end() -> None:
    pace, now = Pace(), 0.0
    pace.hear(began=now, now=now, accepted=0.0, is_throttled=True)
    assert pace.rate == SLOWEST
    while pace.rate < UNLIMITED:
        now += pace.wait(now)
        pace.start(now)
        pace.hear(began=now, now=now, accepted=1.0, is_throttled=False)
    assert 30 < now < 90


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 1), st.booleans()), max_size=60))
def test_whatever_is_heard_the_wait_is_never_longer_than_the_slowest_pace(
    heard: list[tuple[float, float, bool]],
) -> None:
    pace, now = Pace(), 0.0
    for seconds, accepted, is_throttled in heard:
        now += pace.wait(now)
        pace.start(now)
        began, now = now, now + seconds
        pace.hear(began=began, now=now, accepted=accepted, is_throttled=is_throttled)
        assert 0 <= pace.wait(now) <= 1 / SLOWEST + 1e-9
        assert pace.rate >= SLOWEST
