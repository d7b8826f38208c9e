"""Do several requests at once keep every promise that one at a time keeps?"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from threading import Barrier, Lock, get_ident

import pytest

from lambda_src.sender.batches import MOST_ENTRIES, MOST_WAITING
from lambda_src.sender.core import Delivery
from lambda_src.sender.entries import Entry
from lambda_src.sender.lanes import LANES, lanes_for
from lambda_src.sender.outcomes import Failure, Refusal
from tests.unit.lambda_src.sender.fakes import FAILING, MALFORMED, FakeTime, entries

AT_ONCE = 8
REQUEST_SECONDS = 0.002


class Bus:
    """Answers by the log id and the number of its attempt. Remembers which threads called, and how many at once.

    Of its `time` a request takes as much as of the real one, if all lanes call.
    """

    def __init__(self, *, answers: int = 10) -> None:
        self.attempts: Counter[str] = Counter()
        self.final: dict[str, Refusal | None] = {}
        self.threads: set[int] = set()
        self.at_once = self.most_at_once = 0
        self.time = FakeTime(jitter=0.01)
        self._answers, self._lock = answers, Lock()

    def put_events(self, batch: Sequence[Entry]) -> list[Refusal | None]:
        with self._lock:
            self.threads.add(get_ident())
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self.time.sleep(REQUEST_SECONDS / AT_ONCE)
            self.attempts.update(entry.log_id for entry in batch)
            answers = [self._answer(entry.log_id) for entry in batch]
        time.sleep(REQUEST_SECONDS)
        with self._lock:
            self.at_once -= 1
        return answers

    def _answer(self, log_id: str) -> Refusal | None:
        drawn = Random(f"{log_id} {self.attempts[log_id]}").randrange(self._answers)  # noqa: S311 - the same each time
        self.final[log_id] = {0: FAILING, 1: MALFORMED}.get(drawn)
        return self.final[log_id]


def delivery_to(bus: Bus, failures: list[Failure], *, seconds: float = 60.0, are_given: bool = True) -> Delivery:
    return Delivery(
        put_events=bus.put_events,
        give_up=failures.append,
        clock=bus.time.clock,
        deadline=seconds,
        fail_unattempted=are_given,
        lanes=AT_ONCE,
    )


def test_what_the_deadline_leaves_of_given_events_fails_each_once() -> None:
    bus, failures = Bus(), list[Failure]()
    delivery = delivery_to(bus, failures, seconds=0.02)
    delivery.run(entries(2_000))
    assert delivery.sent + len(failures) == 2_000
    assert len({failure.entry.log_id for failure in failures}) == len(failures)
    assert any(failure.code == "OutOfTime" and not bus.attempts[failure.entry.log_id] for failure in failures)


def test_generated_logs_stop_at_a_place_before_which_all_is_settled_and_after_which_nothing_went_out() -> None:
    bus, failures = Bus(), list[Failure]()
    delivery = delivery_to(bus, failures, seconds=0.02, are_given=False)
    delivery.run(entries(2_000))
    place = delivery.sent + delivery.failed
    assert 0 < place < 2_000
    assert set(bus.attempts) == set(map(str, range(place)))


def test_no_more_is_read_than_goes_out() -> None:
    reading, bus = entries(2_000), Bus(answers=1)  # nothing gets through, and all of it waits to be sent again
    delivery_to(bus, [], seconds=0.02, are_given=False).run(reading)
    assert len(bus.attempts) <= MOST_WAITING + AT_ONCE * MOST_ENTRIES
    assert len(list(reading)) >= 2_000 - MOST_WAITING - AT_ONCE * MOST_ENTRIES - 1


def test_a_mistake_in_one_lane_ends_them_all_and_is_raised() -> None:
    calls: Counter[int] = Counter()

    def put_events(batch: Sequence[Entry]) -> list[Refusal | None]:
        calls[get_ident()] += 1
        if "500" in {entry.log_id for entry in batch}:
            raise ZeroDivisionError
        time.sleep(0.001)
        return [None] * len(batch)

    delivery = delivery_to(Bus(), [])
    delivery.put_events = put_events
    with pytest.raises(ZeroDivisionError):
        delivery.run(entries(100_000))
    assert calls.total() < 1_000


class OneAtATime:
    """Fails if a second thread comes while one is in it. It stays a moment, in which another one would come."""

    def __init__(self) -> None:
        self._is_in, self.calls = False, 0

    def __call__(self, given: object = None) -> None:
        assert not self._is_in, "two lanes at once"
        self._is_in = True
        time.sleep(0.0002)
        self._is_in = False
        self.calls += 1


def test_lanes_read_and_give_up_one_at_a_time() -> None:
    count = AT_ONCE * MOST_ENTRIES
    reading, giving_up, under_way = OneAtATime(), OneAtATime(), Barrier(AT_ONCE)

    def read() -> Iterator[Entry]:
        for entry in entries(count):
            reading()
            yield entry

    def put_events(batch: Sequence[Entry]) -> list[Refusal | None]:
        under_way.wait(10)  # all lanes are answered at once, and have something to give up
        return [MALFORMED] * len(batch)

    delivery = delivery_to(Bus(), [])
    delivery.give_up = giving_up
    delivery.put_events = put_events
    delivery.run(read())
    assert (reading.calls, giving_up.calls, delivery.failed) == (count, count, count)


def test_a_lane_has_work_for_its_connection() -> None:
    assert [lanes_for(requests) for requests in (0, 1, 7, 8, 100, 4 * LANES, 10_000)] == [1, 1, 1, 2, 25, LANES, LANES]
