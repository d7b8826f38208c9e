"""Does each figure that is no template's say where it comes from?"""

import pytest

from ops.cost.mix import WEIGHTS, mix_of


def test_the_mix_is_that_of_the_scenarios_whole() -> None:
    found = mix_of()
    assert sum(found.shares.values()) == pytest.approx(1)
    assert 500 < found.event_bytes < 5_000
    assert found == mix_of(WEIGHTS)
    assert {"s", "sdu", "sapi", "limit_mu"} <= found.shares.keys()


def test_another_mix_has_other_shares_and_a_given_size_is_taken() -> None:
    found = mix_of({"signup-burst": 1}, 2_000)
    assert found.shares["sdu"] > 10 * mix_of().shares["sdu"]
    assert found.event_bytes == 2_000
