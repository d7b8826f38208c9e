"""Is each event sent as often as promised, and none lost?"""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_src.sender.clients import CONNECT_TIMEOUT, LONGEST_SEND, READ_TIMEOUT
from lambda_src.sender.core import MOST_ATTEMPTS, RESERVE_SECONDS, deadline
from lambda_src.sender.outcomes import Refusal
from tests.unit.lambda_src.sender.fakes import FAILING, MALFORMED, THROTTLED, FakeBus, FakeTime, entries
from tests.unit.lambda_src.sender.test_core import delivery_to

ANSWERS = st.sampled_from([None, None, THROTTLED, MALFORMED])


@settings(deadline=None)
@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=3, max_size=3))
def test_no_wait_is_longer_than_its_limit(chances: list[float]) -> None:
    bus = FakeBus(lambda *_: FAILING, FakeTime())
    delivery, _ = delivery_to(bus)
    delivery.clock = replace(bus.time.clock, random=iter(chances).__next__)
    delivery.run(entries(1))
    first, *others = bus.times_of("0")
    waits = [later - earlier for earlier, later in pairwise([first, *others])]
    assert [0 <= wait <= longest + 1e-9 for wait, longest in zip(waits, (0.5, 1, 2), strict=True)] == [True] * 3


@settings(deadline=None)
@given(
    remaining=st.floats(2 * RESERVE_SECONDS, 900),
    seconds=st.floats(0.01, CONNECT_TIMEOUT + READ_TIMEOUT),
    jitter=st.floats(0, 1, exclude_max=True),
)
def test_whatever_eventbridge_does_the_send_ends_while_there_is_time_to_keep_what_is_left(
    remaining: float, seconds: float, jitter: float
) -> None:
    bus = FakeBus(lambda log_id, _: THROTTLED if int(log_id) % 2 else None, FakeTime(jitter=jitter), seconds=seconds)
    delivery, failures = delivery_to(bus, deadline=deadline(now=0, remaining=remaining, given=150))
    delivery.run(entries(150))
    assert bus.time.now <= remaining - LONGEST_SEND
    assert delivery.sent + len(failures) == 150


@settings(deadline=None)
@given(
    data=st.data(),
    number=st.integers(0, 130),
    jitter=st.floats(0, 1, exclude_max=True),
    seconds=st.sampled_from([0.0, 0.05, 1.0]),
    until=st.sampled_from([0.0, 0.7, 3.0, 900.0]),
    are_given=st.booleans(),
)
def test_every_event_ends_in_exactly_one_state(
    data: st.DataObject, number: int, jitter: float, seconds: float, until: float, *, are_given: bool
) -> None:
    final: dict[str, Refusal | None] = {}

    def answer(log_id: str, _attempt: int) -> Refusal | None:
        final[log_id] = data.draw(ANSWERS)
        return final[log_id]

    bus = FakeBus(answer, FakeTime(jitter=jitter), seconds=seconds)
    delivery, failures = delivery_to(bus, deadline=until, fail_unattempted=are_given)
    delivery.run(entries(number))
    sent = [log_id for log_id, refusal in final.items() if refusal is None]
    failed = [failure.entry.log_id for failure in failures]
    dropped = [] if are_given else [log_id for log_id in map(str, range(number)) if log_id not in bus.attempts]
    assert sorted(sent + failed + dropped) == sorted(map(str, range(number)))
    assert (delivery.sent, delivery.failed) == (len(sent), len(failed))
    assert all(failure.attempts == bus.attempts.get(failure.entry.log_id, 0) <= MOST_ATTEMPTS for failure in failures)
    assert all((failure.code == "OutOfTime") == (failure.attempts == 0) for failure in failures)
    assert all(len(log_ids) <= 10 and moment < until for moment, log_ids in bus.requests)
    assert delivery.retries == sum(bus.attempts.values()) - len(bus.attempts)
    assert delivery.retried == sum(attempts > 1 for attempts in bus.attempts.values())
