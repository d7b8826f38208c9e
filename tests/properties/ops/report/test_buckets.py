"""Is a window divided so that every event has one place, and the axis can be read?"""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ops.report.buckets import MOST, SIZES, buckets_of
from tests.unit.ops.report.test_buckets import window


@given(
    st.integers(min_value=0, max_value=7_000_000_000),
    st.integers(min_value=1, max_value=60 * 28 * 86_400),
)
def test_every_moment_of_a_window_lies_in_the_step_that_it_is_counted_in(start: int, seconds: int) -> None:
    given_window = window(datetime.fromtimestamp(start, UTC), seconds=seconds)
    buckets = buckets_of(given_window)
    assert buckets.count <= MOST + 1
    assert buckets.size in SIZES
    for moment in (given_window.start_ms, (given_window.start_ms + given_window.end_ms) // 2, given_window.end_ms - 1):
        first = buckets.starts[buckets.index(moment)].timestamp() * 1_000
        assert first <= moment < first + buckets.size * 1_000
