import pytest

from bench.compare import CONTROL, SAME, Way, compare, is_seen


def taking(*seconds: float) -> "Way":
    """Its first run fills caches and counts for nothing."""
    turns = iter((99.0, *seconds))
    return Way("mine", lambda: next(turns))


def steady(name: str, seconds: float) -> Way:
    return Way(name, lambda: seconds)


def test_a_ratio_is_the_median_of_the_rounds_and_its_spread_their_extremes() -> None:
    figures = compare([steady("first", 2.0), taking(1.0, 4.0, 3.0)], rounds=3)
    mine = figures[-1]
    assert (mine.seconds, mine.ratio, mine.low, mine.high) == (3.0, 1.5, 0.5, 2.0)
    assert mine.spread == "1.50 (0.50 to 2.00)"


def test_the_first_way_is_held_against_itself() -> None:
    assert [each.name for each in compare([steady("first", 2.0), steady("other", 1.0)], rounds=1)][:2] == [
        "first",
        SAME,
    ]


def test_ways_take_turns_from_both_ends() -> None:
    runs: list[str] = []

    def noted(name: str) -> Way:
        return Way(name, lambda: runs.append(name) or 1.0)  # type: ignore[func-returns-value]

    compare([noted("a"), noted("b")], rounds=2)
    assert "".join(runs) == "aab" + "baa" + "aab"


def test_a_regression_of_the_controls_size_shows() -> None:
    assert "a regression of its size shows" in is_seen(
        compare([steady("first", 1.0), steady(f"{CONTROL}twice", 2.0)], rounds=3)
    )


def test_each_control_has_to_stand_out() -> None:
    controls = [steady(f"{CONTROL}{seconds}", seconds) for seconds in (2.0, 0.9)]
    assert "is NOT out of the noise" in is_seen(compare([steady("first", 1.0), *controls], rounds=1))


def test_a_control_inside_the_noise_says_so() -> None:
    turns = iter([1.0, 1.0, 1.0, 3.0, 1.0, 3.0])
    noisy = Way("first", lambda: next(turns))
    assert "is NOT out of the noise" in is_seen(compare([noisy, steady(f"{CONTROL}twice", 2.0)], rounds=2))


def test_a_comparison_without_a_control_is_refused() -> None:
    with pytest.raises(ValueError, match="is a control"):
        is_seen(compare([steady("first", 1.0), steady("other", 2.0)], rounds=1))
