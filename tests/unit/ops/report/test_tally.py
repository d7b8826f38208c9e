"""Are names counted, whoever chose them?"""

import pytest

from ops.report.tally import LONGEST_NAME, Tally, ranked
from tests.hostile.injection import PAYLOADS


def test_names_of_the_same_number_come_in_their_own_order() -> None:
    assert ranked({"b": 1, "c": 2, "a": 1}).items == (("c", 2), ("a", 1), ("b", 1))


def test_names_beyond_the_limit_are_counted_together() -> None:
    tally = Tally(most=2)
    for name in ("a", "b", "c", "d", "a"):
        tally.add(name)
    assert (tally.ranking().items, tally.ranking().others, tally.total()) == ((("a", 2), ("b", 1)), 2, 5)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_name_is_one_short_line_that_can_be_written(payload: str) -> None:
    tally = Tally()
    tally.add(payload)
    ((name, count),) = tally.ranking().items
    assert (name.isprintable(), count) == (True, 1)
    assert 0 < len(name) <= LONGEST_NAME
    assert name.encode()


def test_names_that_look_the_same_are_the_same() -> None:
    tally = Tally()
    for name in ("a b", "a  b", "a\u200bb", " a b"):
        tally.add(name)
    assert tally["a b"] == 4
