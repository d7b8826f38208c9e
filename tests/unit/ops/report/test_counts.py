"""Are the events of a window counted as what they are?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lambda_src.auth0_events.attack_protection import ATTACK_PROTECTION
from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.auth0_events.log_types import LOG_TYPES
from ops.event_log import Seen
from ops.report.buckets import buckets_of
from ops.report.counts import FAILURE, NO_CONNECTION, SUCCESS, UNKNOWN, count
from ops.report.latency import moment_ms
from ops.report.report import counted
from tests.unit.ops.report.day import DAY, counts_of, seen

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def one(code: str, at: datetime = NOON, delay_ms: int = 400, **data: Any) -> Seen:
    given = {"date": "2026-11-24T11:59:50.000Z", **data, "type": code}
    return seen(Auth0Log(log_id="1", type=code, data=given), at, delay_ms)


def test_a_window_without_events_has_no_rate_and_no_percentiles() -> None:
    counts = counts_of()
    assert (counts.events, counts.failure_rate, counts.latency.whole.percentile(50)) == (0, None, None)
    assert not counts.categories
    assert not counts.attacks


def test_every_type_of_the_catalogue_is_in_its_category() -> None:
    counts = counts_of(*(one(code) for code in LOG_TYPES))
    assert sum(counts.categories.values()) == counts.events == len(LOG_TYPES)
    assert UNKNOWN not in counts.categories
    assert counts.attacks.keys() == set(ATTACK_PROTECTION)


def test_a_type_that_auth0_has_added_since_is_counted_apart() -> None:
    counts = counts_of(one("brand_new"), one("s"))
    assert (counts.categories[UNKNOWN], counts.by_type["brand_new"]) == (1, 1)


def test_the_failure_rate_is_of_the_logins_alone() -> None:
    counts = counts_of(one("s"), one("s"), one("fp"), one("fu"), one("sapi"), one("fs"))
    assert (counts.logins[SUCCESS], counts.logins[FAILURE], counts.failure_rate) == (2, 2, 0.5)


def test_failed_logins_are_counted_by_connection_and_those_without_one_too() -> None:
    found = counts_of(one("fp", connection="db"), one("fp", connection="db"), one("fu"), one("s", connection="db"))
    assert found.failed_by_connection.ranking().items == (("db", 2), (NO_CONNECTION, 1))


def test_people_are_counted_only_if_asked_for() -> None:
    event = one("fp", user_name="somebody@example.com", ip="203.0.113.7")
    assert not counts_of(event).failed_by_user.total()
    counts = counts_of(event, one("fp", user_name=["no text"]), with_people=True)
    assert counts.failed_by_user.ranking().items == (("(no name)", 1), ("somebody@example.com", 1))
    assert counts.failed_by_address["203.0.113.7"] == 1


def test_events_are_in_the_step_in_which_the_event_log_has_them() -> None:
    counts = counts_of(one("s", DAY.start), one("s", DAY.end - timedelta(seconds=1)), one("limit_wc", NOON))
    assert dict(counts.logins_over_time) == {(0, SUCCESS): 1, (47, SUCCESS): 1}
    assert dict(counts.attacks_over_time) == {(24, "limit_wc"): 1}


def test_what_a_replay_brought_is_told_and_not_counted() -> None:
    events = [one("s"), one("fp", connection="db"), one("limit_wc")]
    again = [replace(each, event={**each.event, "replay-name": "again"}) for each in events]
    once, counts = counts_of(*events), counts_of(*events, *again)
    assert counts.replayed == 3
    assert counted(counts) == {**counted(once), "replayed_not_counted": 3}


def test_latency_has_three_spans() -> None:
    latency = counts_of(one("s", delay_ms=700)).latency
    assert latency.to_bus.percentile(50) == 10_000
    assert latency.to_log.percentile(50) == 700
    assert latency.whole.percentile(50) == 10_700
    assert latency.over_time[24].percentile(95) == 10_700


@pytest.mark.parametrize("date", ["", None, 5, "yesterday", "2026-13-01T00:00:00Z", "A" * 60_000, "\0", "\ud800"])
def test_an_event_without_a_date_that_can_be_read_is_counted_and_has_no_latency(date: Any) -> None:
    counts = counts_of(one("s", date=date))
    assert (counts.events, counts.latency.undated, len(counts.latency.whole)) == (1, 1, 0)


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("1970-01-01T00:00:01.250Z", 1_250), ("1970-01-01T02:00:00+02:00", 0), ("1970-01-01T00:00:01", 1_000),
        ("0001-01-01T00:00:00+14:00", -62_135_647_200_000), ("9999-12-31T23:59:59-14:00", 253_402_351_199_000),
        ("9" * 5_000, None),
    ],
)  # fmt: skip
def test_a_date_is_utc_unless_it_says_otherwise(text: str, milliseconds: int | None) -> None:
    assert moment_ms(text) == milliseconds


def test_a_negative_latency_is_kept_as_clocks_differ() -> None:
    assert counts_of(one("s", date="2026-11-24T12:00:05Z")).latency.whole.percentile(50) == -4_600


def test_count_gives_what_adding_one_by_one_does() -> None:
    events = [one("s"), one("fp"), one("limit_wc")]
    assert count(iter(events), buckets_of(DAY)).categories == counts_of(*events).categories
