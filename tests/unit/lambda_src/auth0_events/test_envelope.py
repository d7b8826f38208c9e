"""Is a log read from every shape in which it comes, and everything else refused without repeating it?"""

import re
from typing import Any

import pytest

from lambda_src.auth0_events.envelope import (
    Auth0Log,
    InvalidEnvelope,
    detail_json,
    envelope,
    parse_any,
    parse_event,
)

DATA = {"type": "fp", "log_id": "900", "description": "Wrong password", "ip": "203.0.113.7"}


def _whole(log: Auth0Log) -> dict[str, Any]:
    return envelope(
        log,
        source="aws.partner/auth0.com/acme/auth0.logs",
        account="123456789012",
        region="eu-west-1",
        event_id="00000000-0000-4000-8000-000000000000",
        time="2026-11-23T12:00:12Z",
    )


@pytest.mark.parametrize("item", [None, 7, "fp", [DATA], {}, {"type": "fp"}, {"log_id": "900"}])
def test_what_is_no_log_is_refused(item: Any) -> None:
    with pytest.raises(InvalidEnvelope):
        parse_any(item)


@pytest.mark.parametrize(
    ("event", "part"),
    [
        ({}, "detail"),
        ({"detail": None}, "detail"),
        ({"detail": [DATA]}, "detail"),
        ({"detail": {"log_id": "900"}}, "detail.data"),
        ({"detail": {"log_id": "900", "data": "fp"}}, "detail.data"),
        ({"detail": {"data": {"type": "fp"}}}, "detail.log_id (or detail.data.log_id)"),
        ({"detail": {"log_id": 900, "data": {"type": "fp", "log_id": None}}}, "detail.log_id (or detail.data.log_id)"),
        ({"detail": {"log_id": "", "data": {"type": "fp"}}}, "detail.log_id (or detail.data.log_id)"),
        ({"detail": {"log_id": "900", "data": {}}}, "detail.data.type"),
        ({"detail": {"log_id": "900", "data": {"type": ["fp"]}}}, "detail.data.type"),
        ({"detail": {"log_id": "900", "data": {"type": ""}}}, "detail.data.type"),
    ],
)
def test_an_event_without_a_part_is_refused_with_its_name(event: dict[str, Any], part: str) -> None:
    with pytest.raises(InvalidEnvelope, match=rf"^{re.escape(part)} is missing or no "):
        parse_event(event)


@pytest.mark.parametrize(
    "item",
    [
        DATA,
        {"log_id": "900", "data": DATA},
        {"data": DATA},
        {"detail-type": "Auth0 log", "detail": {"log_id": "900", "data": DATA}},
        {"detail": {"data": DATA}},
    ],
)
def test_the_sender_takes_bare_logs_details_and_events(item: dict[str, Any]) -> None:
    assert parse_any(item) == Auth0Log(log_id="900", type="fp", data=DATA)


def test_a_bare_log_of_the_management_api_may_have_its_id_in_underscore_id() -> None:
    bare = {"_id": "900", "type": "fp"}
    assert parse_any(bare) == Auth0Log(log_id="900", type="fp", data=bare)


def test_the_log_id_of_the_detail_wins_over_that_of_its_data() -> None:
    assert parse_event({"detail": {"log_id": "901", "data": DATA}}).log_id == "901"


def test_detail_json_is_compact_and_keeps_text_in_utf_8() -> None:
    log = Auth0Log(log_id="900", type="fp", data={"type": "fp", "user_name": "Zoë"})
    assert detail_json(log) == '{"log_id":"900","data":{"type":"fp","user_name":"Zoë"}}'


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_json_cannot_say_is_an_invalid_envelope(number: float) -> None:
    with pytest.raises(InvalidEnvelope):
        detail_json(Auth0Log(log_id="900", type="fp", data={"type": "fp", "stats": [number]}))


def test_nesting_beyond_what_python_can_write_is_an_invalid_envelope() -> None:
    nested: list[Any] = []
    for _ in range(200_000):
        nested = [nested]
    with pytest.raises(InvalidEnvelope):
        detail_json(Auth0Log(log_id="900", type="fp", data={"type": "fp", "nested": nested}))


def test_an_envelope_has_the_parts_of_an_eventbridge_event() -> None:
    event = _whole(parse_any(DATA))
    assert {key: event[key] for key in ("version", "detail-type", "account", "region", "resources", "time")} == {
        "version": "0",
        "detail-type": "Auth0 log",
        "account": "123456789012",
        "region": "eu-west-1",
        "resources": [],
        "time": "2026-11-23T12:00:12Z",
    }
    assert event["source"].startswith("aws.partner/auth0.com/")
    assert event["detail"] == {"log_id": "900", "data": DATA}
