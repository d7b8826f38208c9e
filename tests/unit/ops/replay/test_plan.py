"""Does a dry run count what would come, and say what is to be known?"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lambda_src.auth0_events.envelope import DETAIL_TYPE
from ops.aws import OpsError
from ops.event_log import Seen, parse
from ops.replay.count import LATER, count
from ops.replay.plan import Plan, whole_seconds
from ops.replay.rules import log_types
from ops.window import Window
from tests.unit.ops.replay.events import BUS, SOURCE, START, WINDOW, rule

REPLAYED: Any = {"replay-name": "earlier"}
LONG_AFTER = WINDOW.end + timedelta(hours=1)
OURS: dict[str, Any] = {"source": [{"prefix": SOURCE}], "detail-type": [DETAIL_TYPE]}
EVERYTHING = rule("Everything", json.dumps(OURS))
ATTACKS = rule("Attacks", json.dumps(OURS | {"detail": {"data": {"type": ["limit_wc", "limit_mu"]}}}))


def seen(log_type: str, *, minutes: float = 1, source: str = SOURCE, **more: Any) -> Seen:
    time = (START + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    event = {"source": source, "time": time, "detail": {"log_id": "1", "data": {"type": log_type}}} | more
    found = parse({"eventId": "1", "timestamp": 0, "message": json.dumps(event)})
    assert found
    return found


def counts(*lines: Seen, rules: Any = (EVERYTHING, ATTACKS)) -> dict[str, int | None]:
    def read(window: Window) -> Iterator[Seen]:
        assert window == Window(start=WINDOW.start, end=WINDOW.end + LATER)
        return iter(lines)

    done: list[int] = []
    found = count(read, WINDOW, BUS, rules, done.append)
    assert sum(done) == len(lines)
    return found


def test_events_count_for_each_rule_that_takes_them() -> None:
    assert counts(seen("limit_wc"), seen("s"), seen("limit_mu")) == {"Everything": 3, "Attacks": 2}
    assert counts() == {"Everything": 0, "Attacks": 0}


@pytest.mark.parametrize(
    "other",
    [
        seen("s", minutes=-0.1),
        seen("s", minutes=60),
        seen("s", source="aws.partner/auth0.com/t/auth0.logs"),
        seen("s", **REPLAYED),
        seen("s", time="soon"),
        seen("s", time="2026-11-24T12:01:00"),
        seen("s", time=None),
    ],
)
def test_what_a_replay_of_this_bus_and_window_would_not_bring_does_not_count(other: Seen) -> None:
    assert counts(other, seen("s", minutes=0)) == {"Everything": 1, "Attacks": 0}


@pytest.mark.parametrize(
    "pattern",
    [
        "{}",
        json.dumps({**OURS, "account": ["123456789012"]}),
        json.dumps({**OURS, "source": ["other"]}),
        json.dumps({**OURS, "detail": {"data": {"type": ["s"], "connection": ["sms"]}}}),
        json.dumps({**OURS, "detail": {"data": {"type": ["s"]}, "log_id": ["1"]}}),
        json.dumps({**OURS, "detail": {"data": {"type": [{"prefix": "s"}]}}}),
        json.dumps({**OURS, "detail": []}),
    ],
)
def test_a_pattern_that_is_not_of_our_routes_form_is_not_counted(pattern: str) -> None:
    with pytest.raises(ValueError, match=re.escape(pattern)):
        log_types(pattern, SOURCE)
    assert counts(seen("s"), rules=[rule("own", pattern), EVERYTHING]) == {"own": None, "Everything": 1}


def plan(**more: Any) -> Plan:
    return replace(Plan(environment="dev", bus=BUS, window=WINDOW, rules=[EVERYTHING]), **more)


def test_a_usual_plan_has_no_warning() -> None:
    assert [*plan().warnings(LONG_AFTER)] == []


@pytest.mark.parametrize(
    ("more", "now", "said"),
    [
        ({}, WINDOW.end + timedelta(minutes=9), "ends less than 10 minutes ago"),
        ({}, START + timedelta(days=30, minutes=1), "the archive keeps 30 days: what is older is gone"),
        (
            {"bus": replace(BUS, created=START + timedelta(minutes=5))},
            LONG_AFTER,
            "nothing is in it from before 2026-11-24T12:05:00Z",
        ),
        ({"bus": replace(BUS, state="DISABLED")}, LONG_AFTER, "the archive is DISABLED"),
        ({"rules": [replace(EVERYTHING, is_enabled=False)]}, LONG_AFTER, "rule Everything is disabled"),
        ({"uncounted": "the log is gone"}, LONG_AFTER, "the events are not counted: the log is gone"),
    ],
)
def test_what_is_to_be_known_is_said(more: Any, now: datetime, said: str) -> None:
    (warning,) = plan(**more).warnings(now)
    assert said in warning


def test_an_archive_that_keeps_events_for_ever_has_lost_none() -> None:
    assert [*plan(bus=replace(BUS, kept_days=0)).warnings(START + timedelta(days=3_000))] == []


NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0.9, 9.1, (0, 10)),
        (0, 9, (0, 9)),
        (0.9, 29.5, (0, 29)),  # the second of `now` is not past
        (0.9, 30.0, (0, 30)),
    ],
)
def test_a_window_is_widened_to_whole_seconds_of_the_past(start: float, end: float, expected: Any) -> None:
    found = whole_seconds(
        Window(start=NOON + timedelta(seconds=start), end=NOON + timedelta(seconds=end)), NOON + timedelta(seconds=30.2)
    )
    assert ((found.start - NOON).total_seconds(), (found.end - NOON).total_seconds()) == expected


def test_a_window_without_a_whole_second_of_the_past_is_refused() -> None:
    with pytest.raises(OpsError, match="holds no whole second of the past"):
        whole_seconds(Window(start=NOON, end=NOON + timedelta(seconds=0.5)), NOON + timedelta(seconds=0.6))
