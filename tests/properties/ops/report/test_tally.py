"""Are names counted, whoever chose them?"""

from ops.report.tally import MOST_NAMES, Tally


def test_a_new_name_for_every_try_does_not_grow_memory() -> None:
    tally = Tally()
    for number in range(3 * MOST_NAMES):
        tally.add(f"connection {number}")
    assert (len(tally), tally.others) == (MOST_NAMES, 2 * MOST_NAMES)
