"""Are the first numbers right, with the words beside them?"""

from datetime import datetime
from typing import Any

import pytest

from lambda_src.auth0_events.envelope import SIMULATION_SOURCE_PREFIX, Auth0Log
from ops.event_log import Seen
from ops.report.counts import Counts
from ops.report.headline import NONE, Tile, duration, tiles
from tests.unit.ops.report.day import SOURCE, counts_of, report_of, seen

NOON = datetime.fromisoformat("2026-11-24T12:00:00+00:00")


def some(code: str, times: int = 1, source: str = SOURCE) -> list[Seen]:
    log = Auth0Log(log_id="1", type=code, data={"type": code, "date": "2026-11-24T11:59:50Z"})
    return [seen(log, NOON, source=source)] * times


def tile(label: str, counts: Counts, **others: Any) -> Tile:
    return next(tile for tile in tiles(report_of(counts, **others)) if tile.label == label)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (4, 0, "none in the 24 h before"), (4, 4, "as many as in the 24 h before"),
        (3, 2, "50% more than in the 24 h before"), (1, 2, "50% fewer than in the 24 h before"),
        (6, 2, "3 times as many as in the 24 h before"), (0, 2, "100% fewer than in the 24 h before"),
    ],
)  # fmt: skip
def test_events_are_compared_to_the_window_before(now: int, before: int, said: str) -> None:
    found = tile("Events", counts_of(*some("s", now)), before=counts_of(*some("s", before)))
    assert (found.value, found.detail) == (str(now), said)


def test_simulated_events_are_not_in_the_latency_for_their_times_are_made_up() -> None:
    simulated = some("s", 2, source=f"{SIMULATION_SOURCE_PREFIX}acme")
    only = tile("Latency, p95", counts_of(*simulated))
    assert (only.value, only.detail) == (NONE, "simulated events have made-up times")
    real = tile("Latency, p95", counts_of(*some("s")))
    mixed = counts_of(*simulated, *some("s"))
    assert (tile("Latency, p95", mixed), mixed.latency.simulated) == (real, 2)
    assert real.value != NONE


def test_events_that_are_simulated_are_told() -> None:
    simulated = some("s", 2, source=f"{SIMULATION_SOURCE_PREFIX}acme")
    assert tile("Events", counts_of(*simulated)).detail == "all simulated"
    assert tile("Events", counts_of(*simulated, *some("s"))).detail == "2 of them simulated"
    assert tile("Events", counts_of(*some("s"))).detail == "in 24 h"
    assert tile("Events", counts_of()).detail == "none came in the window"


def test_the_rate_of_failed_logins_is_none_where_nobody_tried() -> None:
    quiet = tile("Logins that failed", counts_of(*some("sapi")))
    assert (quiet.value, quiet.detail, quiet.tone) == ("\u2013", "nobody tried", "plain")
    busy = tile("Logins that failed", counts_of(*some("s", 3), *some("fp")), before=counts_of(*some("s")))
    assert (busy.value, busy.detail, busy.tone) == ("25.0%", "1 of 4; before 0.0%", "bad")


def test_attacks_stand_out_and_their_absence_does_not() -> None:
    assert tile("Attack events", counts_of(*some("limit_wc", 2), *some("pwd_leak"))).detail == "of 2 types"
    assert tile("Attack events", counts_of()).tone == "plain"


def test_what_is_undelivered_is_told_with_its_queues() -> None:
    found = tile("Undelivered now", counts_of())
    assert (found.value, found.detail, found.tone) == ("2", "in 1 of 10 dead-letter queues", "bad")


@pytest.mark.parametrize(
    ("milliseconds", "said"),
    [
        (None, "\u2013"), (0, "0 ms"), (999, "999 ms"), (1_000, "1 s"), (-4_600, "-4.6 s"), (13_100, "13.1 s"),
        (119_000, "119 s"), (125_000, "2.08 min"), (9_000_000, "2.5 h"), (10**11, "27,777.8 h"),
    ],
)  # fmt: skip
def test_a_duration_is_said_in_a_unit_that_fits(milliseconds: int | None, said: str) -> None:
    assert duration(milliseconds) == said
