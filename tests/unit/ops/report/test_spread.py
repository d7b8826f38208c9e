"""Are percentiles right, and does memory stay flat?"""

import pytest

from ops.report.spread import Spread


def spread(*durations: int) -> Spread:
    made = Spread()
    for duration in durations:
        made.add(duration)
    return made


@pytest.mark.parametrize(("percent", "duration"), [(0, 1), (1, 1), (50, 50), (95, 95), (99, 99), (100, 100)])
def test_a_percentile_is_the_nearest_rank(percent: float, duration: int) -> None:
    assert spread(*range(1, 101)).percentile(percent) == duration


def test_without_durations_there_is_no_percentile() -> None:
    assert spread().percentile(50) is None


def test_a_single_duration_is_every_percentile() -> None:
    assert [spread(7).percentile(percent) for percent in (1, 50, 99)] == [7, 7, 7]


def test_a_step_of_the_histogram_has_its_lower_bound_and_not_its_upper() -> None:
    assert spread(-1, 0, 499, 500, 999, 1_000, 10**9).histogram((0, 500, 1_000)) == [1, 2, 2, 2]
