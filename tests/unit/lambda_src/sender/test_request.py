"""Is what somebody asks for understood, and what nobody can mean refused in one clear line?"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from lambda_src.auth0_events.envelope import parse_any
from lambda_src.auth0_events.log_types import CATEGORIES, LOG_TYPES
from lambda_src.sender.entries import MOST_BYTES, Entry
from lambda_src.sender.request import MOST_EVENTS, Request, parse_request, seed_from

SOURCE = "simulation/auth0.com/test"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LOG = {"type": "fp", "log_id": "90020261123", "date": "2026-11-23T11:59:50.000Z"}


def parse(event: object, *, default_seed: int = 7) -> Request:
    return parse_request(event, source=SOURCE, default_seed=default_seed, now=NOW)


def types_of(entries: Iterator[Entry]) -> set[str]:

    return {json.loads(entry.detail)["data"]["type"] for entry in entries}


def test_a_count_alone_asks_for_every_known_type() -> None:
    request = parse({"count": len(LOG_TYPES)})
    assert (request.count, request.seed) == (len(LOG_TYPES), 7)
    assert types_of(request.entries) == set(LOG_TYPES)


def test_types_restrict_what_is_generated() -> None:
    assert types_of(parse({"count": 10, "types": ["sdu", "limit_wc"]}).entries) == {"sdu", "limit_wc"}


def test_categories_restrict_what_is_generated() -> None:
    request = parse({"count": 50, "categories": ["auth.login.fail", "scim.event"]})
    assert types_of(request.entries) == {*CATEGORIES["auth.login.fail"], *CATEGORIES["scim.event"]}


def test_the_same_seed_makes_the_same_events() -> None:
    first, second = parse({"count": 20, "seed": 5}), parse({"count": 20, "seed": 5})
    assert first.seed == 5
    assert list(first.entries) == list(second.entries)


def test_two_sends_without_a_seed_make_different_log_ids() -> None:
    requests = [parse({"count": 50}, default_seed=seed_from(request_id)) for request_id in ("request-1", "request-2")]
    first, second = ({entry.log_id for entry in request.entries} for request in requests)
    assert len(first) == len(second) == 50
    assert not first & second


def test_generated_events_are_made_one_by_one() -> None:
    entries = parse({"count": MOST_EVENTS}).entries
    assert iter(entries) is entries
    assert next(entries) != next(entries)


@pytest.mark.parametrize(
    "event",
    [
        LOG,
        {"_id": "90020261123", "type": "fp"},
        {"log_id": "90020261123", "data": LOG},
        {
            "source": "aws.partner/auth0.com/other",
            "detail-type": "Other",
            "detail": {"log_id": "90020261123", "data": LOG},
        },
    ],
    ids=["bare log", "bare log of the Management API", "detail", "whole envelope"],
)
def test_a_given_event_is_sent_with_its_own_log_and_our_source(event: dict[str, Any]) -> None:
    request = parse({"events": [event]})
    (entry,) = request.entries
    assert (request.count, request.seed) == (1, None)
    assert (entry.log_id, entry.source) == ("90020261123", SOURCE)
    assert '"type":"fp"' in entry.detail


def test_given_events_keep_their_order() -> None:
    events = [{**LOG, "log_id": str(number)} for number in range(30)]
    assert [entry.log_id for entry in parse({"events": events}).entries] == [str(number) for number in range(30)]


def test_an_event_of_exactly_the_most_bytes_is_taken_and_one_more_is_not() -> None:
    (small,) = parse({"events": [{**LOG, "user_agent": ""}]}).entries
    padding = "x" * (MOST_BYTES - small.size)
    (entry,) = parse({"events": [{**LOG, "user_agent": padding}]}).entries
    assert entry.size == MOST_BYTES
    with pytest.raises(ValueError, match=r"^events\[1\]: 1,000,001 bytes .* at most 1,000,000$"):
        parse({"events": [LOG, {**LOG, "user_agent": padding + "x"}]})


MISTAKES: list[tuple[object, str]] = [
    (None, "the input is null; expected an object"),
    ([], "the input is an empty list; expected an object"),
    ("send", 'the input is "send"; expected an object'),
    ({}, "expected count .* or events"),
    ({"seed": 1}, "expected count .* or events"),
    ({"cuont": 1}, 'unknown key "cuont"; expected count, types, categories, seed, first, at, or events'),
    ({"count": 1, "first": -1}, "first is -1; expected a whole number from 0 to"),
    ({"count": 1, "at": "2026-11-25T12:00:00"}, "at is .2026-11-25T12:00:00.; expected a time such as"),
    ({"count": 1, "at": 5}, "at is 5; expected a time such as"),
    ({"count": 1, "at": "0001-01-01T00:00:00+14:00"}, "at is .0001-01-01T00:00:00.14:00.; expected a time"),
    ({"count": 1, "type": "fp"}, 'unknown key "type"'),
    ({"count": 1, "events": [LOG]}, "events goes alone; remove it, or count"),
    ({"seed": 1, "types": ["fp"], "events": [LOG]}, "events goes alone; remove it, or seed, types"),
    ({"count": 0}, "count is 0; expected a whole number from 1 to 100,000"),
    ({"count": MOST_EVENTS + 1}, "count is 100001; expected"),
    ({"count": -1}, "count is -1; expected"),
    ({"count": 1.0}, "count is 1.0; expected"),
    ({"count": True}, "count is true; expected"),
    ({"count": "10"}, 'count is "10"; expected'),
    ({"count": None}, "count is null; expected"),
    ({"count": [1]}, "count is a list of 1; expected"),
    ({"count": 1, "seed": -1}, "seed is -1; expected a whole number from 0"),
    ({"count": 1, "seed": None}, "seed is null; expected"),
    ({"count": 1, "seed": 2**53}, "seed is 9007199254740992; expected"),
    ({"count": 1, "types": []}, "types is an empty list; expected a list of at least one"),
    ({"count": 1, "types": "fp"}, 'types is "fp"; expected a list'),
    ({"count": 1, "types": ["fp", "fpp"]}, "unknown Auth0 log type .*fpp.*nearest known: .*fp"),
    ({"count": 1, "types": [1]}, r"types\[0\] is 1; expected a text"),
    ({"count": 1, "types": ["fp", ["fp"]]}, r"types\[1\] is a list of 1; expected a text"),
    ({"count": 10**5_000}, "count is a very large number; expected a whole number from 1 to 100,000"),
    ({"count": 1, "categories": []}, "categories is an empty list"),
    ({"count": 1, "categories": {"a": 1}}, "categories is an object; expected a list"),
    ({"count": 1, "categories": ["auth.login.fial"]}, "unknown Auth0 log category .*nearest known: .*auth.login.fail"),
    ({"count": 1, "categories": ["management.fail"]}, "categories management.fail have no log types"),
    ({"count": 1, "types": ["fp"], "categories": ["other"]}, "types and categories exclude each other"),
    ({"events": []}, "events is an empty list; expected a list of 1 to 100,000 events"),
    ({"events": LOG}, "events is an object; expected a list"),
    ({"events": [LOG] * (MOST_EVENTS + 1)}, "events is a list of 100,001; expected"),
    ({"events": [LOG, LOG, LOG, {"type": "fp"}]}, r"events\[3\]: log_id"),
    ({"events": [LOG, "text"]}, r"events\[1\]: the event is missing or no JSON object"),
    ({"events": [{**LOG, "details": float("nan")}]}, r"events\[0\]: data cannot be written as JSON"),
]


@pytest.mark.parametrize(("event", "message"), MISTAKES, ids=[message[:40] for _, message in MISTAKES])
def test_a_mistake_is_one_line_that_names_the_place(event: object, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}") as raised:
        parse(event)
    assert len(str(raised.value).splitlines()) == 1


@cache
def nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "event",
    [
        lambda: {"count": 1, "types": nested(100_000)},
        lambda: {"count": 1, "categories": nested(100_000)},
        lambda: {"events": nested(100_000)},
        lambda: {"x" * 1_000_000: 1},
        lambda: {"count": "9" * 1_000_000},
        lambda: {"count": 1, "types": ["x\n" * 500_000]},
        lambda: {"count": 1, "\u202e\n": 1},
    ],
    ids=["types", "categories", "events", "field", "number", "type", "another field"],
)
def test_a_hostile_mistake_is_a_short_line_too(event: Callable[[], object]) -> None:
    with pytest.raises(ValueError) as raised:
        parse(event())
    assert len(str(raised.value)) <= 400
    assert str(raised.value).isprintable()


def test_a_mistake_in_an_event_does_not_repeat_what_the_event_holds() -> None:
    with pytest.raises(ValueError) as raised:
        parse({"events": [{"type": "fp", "user_name": "somebody@example.com"}]})
    assert "somebody" not in str(raised.value)


def test_what_is_sent_can_be_read_again() -> None:
    (entry,) = parse({"events": [LOG]}).entries

    assert parse_any(json.loads(entry.detail)).log_id == entry.log_id
