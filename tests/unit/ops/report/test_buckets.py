"""Is a window divided so that every event has one place, and the axis can be read?"""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ops.report.buckets import MOST, buckets_of, length
from ops.window import Window

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def window(start: datetime, **duration: float) -> Window:
    return Window(start=start, end=start + timedelta(**duration))


@pytest.mark.parametrize(
    ("duration", "size", "count"),
    [
        ({"seconds": 1}, 1, 1), ({"seconds": 60}, 1, 60), ({"minutes": 15}, 30, 30), ({"hours": 1}, 60, 60),
        ({"hours": 24}, 1_800, 48), ({"days": 7}, 10_800, 56), ({"days": 30}, 43_200, 60), ({"days": 365}, 604_800, 53),
    ],
    ids=str,
)  # fmt: skip
def test_a_window_has_steps_that_a_chart_shows_well(duration: dict[str, float], size: int, count: int) -> None:
    buckets = buckets_of(window(NOON, **duration))
    assert (buckets.size, buckets.count) == (size, count)


def test_a_window_longer_than_all_sizes_is_still_divided() -> None:
    buckets = buckets_of(Window(start=datetime(1970, 1, 1, tzinfo=UTC), end=datetime(9999, 12, 31, tzinfo=UTC)))
    assert buckets.count <= MOST + 1
    assert buckets.index(int(datetime(9999, 12, 30, tzinfo=UTC).timestamp() * 1_000)) == buckets.count - 1
    assert buckets.labels()[0] == "Jan 1970"


def test_an_event_at_the_edge_is_in_the_step_that_it_begins() -> None:
    buckets = buckets_of(window(NOON, hours=1))
    edge = int(NOON.timestamp() * 1_000) + 60_000
    assert (buckets.index(edge - 1), buckets.index(edge)) == (0, 1)


def test_what_is_outside_is_in_the_nearest_step() -> None:
    buckets = buckets_of(window(NOON, hours=1))
    assert (buckets.index(0), buckets.index(2**50)) == (0, buckets.count - 1)


def test_steps_begin_at_whole_hours_in_utc_whatever_zone_the_window_has() -> None:
    there = timezone(timedelta(hours=5, minutes=45))
    buckets = buckets_of(window(datetime(2026, 11, 25, 3, 50, tzinfo=there), hours=24))
    assert buckets.labels()[:6] == ["22:00", "22:30", "23:00", "23:30", "25 Nov", "00:30"]
    assert buckets.spans()[0] == "2026-11-24 22:00"


def test_short_steps_tell_the_seconds() -> None:
    buckets = buckets_of(window(NOON, minutes=5))
    assert (buckets.labels()[1], buckets.spans()[1]) == ("12:00:05", "2026-11-24 12:00:05")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "1 s"), (90, "90 s"), (300, "5 min"), (5_400, "90 min"), (86_400, "24 h"), (172_800, "2 days")],
)
def test_a_length_is_said_in_whole_numbers(seconds: int, said: str) -> None:
    assert length(seconds) == said
