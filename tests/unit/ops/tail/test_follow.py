"""Is each line of the log seen once, however it comes?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from ops.event_log import Seen
from ops.tail.follow import OVERLAP, follow, next_start
from ops.window import Window
from tests.unit.ops.tail.seen import MOMENT_MS, seen

MOMENT = datetime.fromtimestamp(MOMENT_MS / 1_000, tz=UTC)
LATER = MOMENT + timedelta(hours=1)


class Log:
    """A log group to which lines are added between two looks."""

    def __init__(self) -> None:
        self.lines: list[Seen] = []
        self.windows: list[Window] = []

    def read(self, window: Window) -> Iterator[Seen]:
        self.windows.append(window)
        return iter([line for line in self.lines if window.start_ms <= line.timestamp_ms < window.end_ms])

    def follow(self, since: datetime = MOMENT, now: datetime = LATER) -> "Looks":
        return Looks(follow(self.read, since, lambda: now))


class Looks:
    def __init__(self, found: Iterator[Seen | None]) -> None:
        self._found = found

    def next(self) -> list[str]:
        """The ids that the next look gives."""
        return [each.id for each in iter(lambda: next(self._found), None)]


@pytest.fixture
def log() -> Log:
    return Log()


def test_the_past_comes_first_and_then_what_is_new(log: Log) -> None:
    log.lines = [seen(1, at=-1), seen(2, at=0), seen(3, at=5)]
    looks = log.follow()
    assert looks.next() == ["2", "3"]
    assert looks.next() == []
    log.lines.append(seen(4, at=6))
    assert looks.next() == ["4"]


def test_a_line_that_comes_late_and_out_of_order_is_seen(log: Log) -> None:
    log.lines = [seen(1, at=100)]
    looks = log.follow()
    assert looks.next() == ["1"]
    late = OVERLAP.total_seconds()
    log.lines = [seen(2, at=100 - late), seen(1, at=100), seen(3, at=100)]
    assert looks.next() == ["2", "3"]
    log.lines.insert(0, seen(4, at=100 - late - 1))  # the limit that the docstring names
    assert looks.next() == []


def test_a_second_delivery_of_an_event_is_a_line_of_its_own(log: Log) -> None:
    log.lines = [seen("one", log_id="same"), seen("two", log_id="same")]
    assert log.follow().next() == ["one", "two"]


def test_a_line_with_a_time_in_the_future_does_not_hide_the_present(log: Log) -> None:
    log.lines = [seen("future", at=7_200)]
    looks = log.follow(now=MOMENT + timedelta(seconds=10))
    assert looks.next() == ["future"]
    log.lines.insert(0, seen("present", at=10))
    assert looks.next() == ["present"]


def test_a_clock_of_ours_that_is_slow_hides_nothing(log: Log) -> None:
    looks = log.follow(now=MOMENT - timedelta(hours=3))
    log.lines = [seen(1, at=60)]
    assert looks.next() == ["1"]
    log.lines.append(seen(2, at=61))
    assert looks.next() == ["2"]


def test_an_idle_log_is_read_from_where_it_became_idle_and_its_ids_are_forgotten(log: Log) -> None:
    log.lines = [seen(n, at=n) for n in range(1_000)]
    looks = log.follow()
    assert len(looks.next()) == 1_000
    assert [looks.next(), looks.next()] == [[], []]
    assert log.windows[1].start == log.windows[2].start == MOMENT + timedelta(seconds=999) - OVERLAP


def test_a_start_between_two_milliseconds_shows_nothing_twice(log: Log) -> None:
    log.lines = [seen(1, at=0)]
    looks = log.follow(since=MOMENT + timedelta(microseconds=400))
    assert [looks.next(), looks.next()] == [["1"], []]


def test_the_next_look_never_begins_before_the_first() -> None:
    assert next_start(MOMENT, [MOMENT_MS + 1], LATER) == MOMENT
    assert next_start(MOMENT, [], LATER) == MOMENT
