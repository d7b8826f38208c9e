"""Is each event sent as often as promised, and none lost?"""

from dataclasses import replace
from itertools import count

import pytest

from lambda_src.sender.batches import MOST_WAITING
from lambda_src.sender.core import MOST_ATTEMPTS, RESERVE_SECONDS, Delivery, NothingSent, deadline
from lambda_src.sender.outcomes import Failure
from tests.unit.lambda_src.sender.fakes import FAILING, MALFORMED, THROTTLED, FakeBus, FakeTime, entries, entry


def delivery_to(
    bus: FakeBus, *, deadline: float = 900.0, fail_unattempted: bool = True
) -> tuple[Delivery, list[Failure]]:
    failures: list[Failure] = []
    delivery = Delivery(
        put_events=bus.put_events,
        give_up=failures.append,
        clock=bus.time.clock,
        deadline=deadline,
        fail_unattempted=fail_unattempted,
    )
    return delivery, failures


def test_an_event_that_is_always_failing_is_attempted_four_times_with_doubling_waits() -> None:
    bus = FakeBus(lambda *_: FAILING, FakeTime(jitter=1.0))
    delivery, failures = delivery_to(bus)
    delivery.run(entries(1))
    assert bus.times_of("0") == [0.0, 0.5, 1.5, 3.5]
    assert [(failure.entry.log_id, failure.code, failure.attempts) for failure in failures] == [
        ("0", "InternalFailure", 4)
    ]
    assert (delivery.sent, delivery.failed, delivery.retried, delivery.retries) == (0, 1, 1, 3)


def test_each_wait_is_the_jitter_s_part_of_the_longest_one() -> None:
    bus = FakeBus(lambda *_: FAILING, FakeTime(jitter=0.5))
    delivery_to(bus)[0].run(entries(1))
    assert bus.time.sleeps == [0.25, 0.5, 1.0]


def test_the_waits_are_random_parts_of_half_a_second_a_second_and_two() -> None:
    bus = FakeBus(lambda *_: FAILING, FakeTime())
    delivery, _ = delivery_to(bus)
    delivery.clock = replace(bus.time.clock, random=iter([0.2, 0.7, 0.9, 0.0]).__next__)
    delivery.run(entries(1))
    assert bus.time.sleeps == pytest.approx([0.2 * 0.5, 0.7 * 1, 0.9 * 2])


def test_a_refused_bus_fails_given_events_without_an_attempt() -> None:
    bus = FakeBus(lambda *_: None, FakeTime())
    delivery, failures = delivery_to(bus)
    given_events = entries(3)
    delivery.refuse(given_events, MALFORMED)
    delivery.run(given_events)
    assert bus.requests == []
    assert [(failure.entry.log_id, failure.code, failure.attempts) for failure in failures] == [
        (log_id, "MalformedDetail", 0) for log_id in "012"
    ]


def test_a_refused_bus_is_an_error_before_a_generated_log_is_made() -> None:
    made = entries(3)
    delivery, failures = delivery_to(FakeBus(lambda *_: None, FakeTime()), fail_unattempted=False)
    with pytest.raises(NothingSent, match=r"^nothing was sent: Detail is malformed. \(MalformedDetail\)$"):
        delivery.refuse(made, MALFORMED)
    assert len(list(made)) == 3
    assert failures == []


def test_a_wait_of_zero_is_no_wait() -> None:
    bus = FakeBus(lambda *_: FAILING, FakeTime(jitter=0.0))
    delivery_to(bus)[0].run(entries(1))
    assert bus.time.sleeps == []
    assert bus.attempts == {"0": 4}


def test_a_permanent_error_fails_at_once() -> None:
    bus = FakeBus(lambda *_: MALFORMED, FakeTime())
    delivery, failures = delivery_to(bus)
    delivery.run(entries(1))
    assert bus.attempts == {"0": 1}
    assert [(failure.code, failure.message, failure.attempts) for failure in failures] == [
        ("MalformedDetail", "Detail is malformed.", 1)
    ]


@pytest.mark.parametrize("succeeds_at", range(1, MOST_ATTEMPTS + 1))
def test_an_event_that_gets_through_at_any_attempt_is_sent(succeeds_at: int) -> None:
    bus = FakeBus(lambda _, attempt: None if attempt == succeeds_at else THROTTLED, FakeTime())
    delivery, failures = delivery_to(bus)
    delivery.run(entries(1))
    assert (delivery.sent, delivery.failed, failures) == (1, 0, [])
    assert (delivery.retried, delivery.retries) == (int(succeeds_at > 1), succeeds_at - 1)


def test_only_what_failed_is_sent_again() -> None:
    bus = FakeBus(lambda log_id, attempt: FAILING if log_id in "37" and attempt == 1 else None, FakeTime())
    delivery_to(bus)[0].run(entries(10))
    assert bus.requests == [(0.0, list("0123456789")), (0.5, ["3", "7"])]


def test_retries_share_their_requests_with_new_events() -> None:
    # Requests of 0.1 s each: event 0 comes up again when most events are still to come.
    bus = FakeBus(lambda log_id, attempt: FAILING if (log_id, attempt) == ("0", 1) else None, FakeTime(), seconds=0.1)
    delivery_to(bus)[0].run(entries(300))
    request_of_retry = next(log_ids for _, log_ids in bus.requests[1:] if "0" in log_ids)
    assert len(request_of_retry) == 10
    assert bus.time.sleeps == []


def test_answers_belong_to_entries_by_their_order() -> None:
    bus = FakeBus(lambda log_id, _: MALFORMED if int(log_id) % 3 == 0 else None, FakeTime())
    delivery, failures = delivery_to(bus)
    delivery.run(entries(25))
    assert [failure.entry.log_id for failure in failures] == [str(number) for number in range(0, 25, 3)]


def test_a_put_events_that_answers_too_little_is_an_error_and_no_loss_in_silence() -> None:
    bus = FakeBus(lambda *_: None, FakeTime())
    delivery, _ = delivery_to(bus)
    delivery.put_events = lambda entries: bus.put_events(entries[1:])
    with pytest.raises(ValueError, match="zip"):
        delivery.run(entries(1))


def test_nothing_is_sent_after_the_deadline() -> None:
    bus = FakeBus(lambda *_: None, FakeTime(), seconds=2.0)
    delivery, failures = delivery_to(bus, deadline=5.0)
    delivery.run(entries(150))
    assert [moment for moment, _ in bus.requests] == [0.0, 2.0, 4.0]
    assert delivery.sent == 30
    assert [failure.entry.log_id for failure in failures] == [str(number) for number in range(30, 150)]


def test_no_retry_is_waited_for_that_would_come_too_late() -> None:
    bus = FakeBus(lambda *_: FAILING, FakeTime())
    delivery, failures = delivery_to(bus, deadline=1.0)
    delivery.run(entries(1))
    assert bus.time.sleeps == [0.5]
    assert [(failure.code, failure.attempts) for failure in failures] == [("InternalFailure", 2)]


def test_a_given_event_without_an_attempt_fails_as_out_of_time() -> None:
    bus = FakeBus(lambda *_: None, FakeTime(now=10))
    delivery, failures = delivery_to(bus, deadline=5)
    delivery.run(entries(3))
    assert bus.requests == []
    assert [(failure.entry.log_id, failure.code, failure.attempts) for failure in failures] == [
        (log_id, "OutOfTime", 0) for log_id in "012"
    ]
    assert delivery.failed == 3


def test_a_generated_log_without_an_attempt_is_not_even_made() -> None:
    made = entries(1_000)
    bus = FakeBus(lambda *_: None, FakeTime(), seconds=2.0)
    delivery, failures = delivery_to(bus, deadline=5.0, fail_unattempted=False)
    delivery.run(made)
    assert (delivery.sent, delivery.failed, failures) == (30, 0, [])
    assert len(list(made)) >= 1_000 - 30 - MOST_WAITING


def test_while_eventbridge_throttles_no_further_events_are_made() -> None:
    made = count()
    bus = FakeBus(lambda *_: THROTTLED, FakeTime(), seconds=0.01)
    delivery, failures = delivery_to(bus, deadline=60.0, fail_unattempted=False)
    delivery.run(entry(str(next(made))) for _ in count())
    assert len(failures) + MOST_WAITING >= next(made)
    assert len(failures) > MOST_WAITING


@pytest.mark.parametrize(
    ("remaining", "given_events", "sends_for"),
    [
        (900, 0, 900 - RESERVE_SECONDS),
        (900, 100_000, 900 - RESERVE_SECONDS - 200),
        (12, 0, 6),  # never less than half of the time
        (0, 0, 0),
    ],
)
def test_time_is_kept_back_for_what_cannot_be_sent(remaining: float, given_events: int, sends_for: float) -> None:
    assert deadline(now=1000.0, remaining=remaining, given=given_events) == 1000.0 + sends_for
