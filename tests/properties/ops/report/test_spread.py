"""Are percentiles right, and does memory stay flat?"""

from hypothesis import given
from hypothesis import strategies as st

from ops.report.spread import rounded
from tests.unit.ops.report.test_spread import spread


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_three_digits_of_a_duration_are_kept(duration: int) -> None:
    assert abs(rounded(duration) - duration) * 200 <= abs(duration)
    assert rounded(-duration) == -rounded(duration)


@given(st.lists(st.integers(min_value=-(10**9), max_value=10**9), max_size=50))
def test_a_histogram_loses_none(durations: list[int]) -> None:
    assert sum(spread(*durations).histogram((0, 500, 1_000))) == len(spread(*durations)) == len(durations)


def test_a_hundred_thousand_different_durations_take_no_more_memory_than_their_digits() -> None:
    assert len(spread(*range(0, 100_000_000, 1_000))._counts) < 6_000
