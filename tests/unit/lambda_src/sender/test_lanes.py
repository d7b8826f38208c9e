"""Do several requests at once keep every promise that one at a time keeps?"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from threading import Lock, get_ident

import pytest

from lambda_src.sender.batches import MOST_ENTRIES, MOST_WAITING
from lambda_src.sender.core import Clock, Delivery
from lambda_src.sender.entries import Entry
from lambda_src.sender.lanes import LANES, lanes_for
from lambda_src.sender.outcomes import Failure, Refusal
from tests.unit.lambda_src.sender.fakes import FAILING, MALFORMED, entries

AT_ONCE = 8
# Waits are real, and a hundredth of what they would be.
CLOCK = Clock(now=time.monotonic, sleep=time.sleep, random=lambda: 0.01)


class Bus:
    """Answers by the log id and the number of its attempt; remembers which threads called, and how many at once."""

    def __init__(self, *, answers: int = 10) -> None:
        self.attempts: Counter[str] = Counter()
        self.final: dict[str, Refusal | None] = {}
        self.threads: set[int] = set()
        self.at_once = self.most_at_once = 0
        self._answers, self._lock = answers, Lock()

    def put_events(self, batch: Sequence[Entry]) -> list[Refusal | None]:
        with self._lock:
            self.threads.add(get_ident())
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self.attempts.update(entry.log_id for entry in batch)
            answers = [self._answer(entry.log_id) for entry in batch]
        time.sleep(0.002)
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
        clock=CLOCK,
        deadline=time.monotonic() + seconds,
        fail_unattempted=are_given,
        lanes=AT_ONCE,
    )


def test_what_the_deadline_leaves_of_given_events_fails_each_once() -> None:
    bus, failures = Bus(), list[Failure]()
    delivery = delivery_to(bus, failures, seconds=0.02)
    delivery.run(entries(5_000))
    assert delivery.sent + len(failures) == 5_000
    assert len({failure.entry.log_id for failure in failures}) == len(failures)
    assert any(failure.code == "OutOfTime" and not bus.attempts[failure.entry.log_id] for failure in failures)


def test_generated_logs_stop_at_a_place_before_which_all_is_settled_and_after_which_nothing_went_out() -> None:
    bus, failures = Bus(), list[Failure]()
    delivery = delivery_to(bus, failures, seconds=0.02, are_given=False)
    delivery.run(entries(5_000))
    place = delivery.sent + delivery.failed
    assert 0 < place < 5_000
    assert set(bus.attempts) == set(map(str, range(place)))


def test_no_more_is_read_than_goes_out() -> None:
    reading, bus = entries(5_000), Bus(answers=1)  # nothing gets through, and all of it waits to be sent again
    delivery_to(bus, [], seconds=0.02, are_given=False).run(reading)
    assert len(bus.attempts) <= MOST_WAITING + AT_ONCE * MOST_ENTRIES
    assert len(list(reading)) >= 5_000 - MOST_WAITING - AT_ONCE * MOST_ENTRIES - 1


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
    """Fails if a second thread comes while one is in it."""

    def __init__(self) -> None:
        self._is_in, self.calls = False, 0

    def __call__(self, given: object = None) -> None:
        assert not self._is_in, "two lanes at once"
        self._is_in = True
        time.sleep(0.0005)
        self._is_in = False
        self.calls += 1


def test_lanes_read_and_give_up_one_at_a_time() -> None:
    reading, giving_up = OneAtATime(), OneAtATime()

    def read() -> Iterator[Entry]:
        for entry in entries(200):
            reading()
            yield entry

    delivery = delivery_to(Bus(), [])
    delivery.give_up = giving_up
    delivery.put_events = lambda batch: [MALFORMED] * len(batch)
    delivery.run(read())
    assert (reading.calls, giving_up.calls, delivery.failed) == (200, 200, 200)


def test_a_lane_has_work_for_its_connection() -> None:
    assert [lanes_for(requests) for requests in (0, 1, 7, 8, 100, 4 * LANES, 10_000)] == [1, 1, 1, 2, 25, LANES, LANES]
