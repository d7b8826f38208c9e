"""Is a log read from every shape in which it comes, and everything else refused without repeating it?"""

import json
import re
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_src.auth0_events.envelope import (
    Auth0Log,
    InvalidEnvelope,
    detail,
    detail_json,
    envelope,
    parse_any,
    parse_event,
)

DATA = {"type": "fp", "log_id": "900", "description": "Wrong password", "ip": "203.0.113.7"}
FIELDS = ("date", "description", "connection", "client_name", "ip", "tenant_name")
NAMES = ("detail", "detail-type", "data", "log_id", "_id", "type", "description", "date")

json_text = st.text(st.characters())  # with lone surrogates, which "\ud800" in JSON gives
json_scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | json_text
json_values = st.recursive(
    json_scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | json_text, inner, max_size=6),
    max_leaves=12,
)
json_objects = st.dictionaries(st.sampled_from(NAMES) | json_text, json_values, max_size=6)
filled_text = st.text(st.characters(), min_size=1)
logs = st.builds(
    lambda log_id, type_, data: Auth0Log(log_id=log_id, type=type_, data={**data, "type": type_}),
    filled_text,
    filled_text,
    json_objects,
)


def _whole(log: Auth0Log) -> dict[str, Any]:
    return envelope(
        log,
        source="aws.partner/auth0.com/acme/auth0.logs",
        account="123456789012",
        region="eu-west-1",
        event_id="00000000-0000-4000-8000-000000000000",
        time="2026-11-23T12:00:12Z",
    )


@given(logs)
def test_a_log_comes_back_from_its_detail_and_its_event(log: Auth0Log) -> None:
    assert parse_event(_whole(log)) == log
    assert parse_event({"detail": json.loads(detail_json(log))}) == log
    assert parse_any(detail(log)) == log
    assert parse_any(_whole(log)) == log


@given(json_values)
def test_any_json_is_a_log_or_an_invalid_envelope(item: Any) -> None:
    candidates = [partial(parse_any, item)]
    if isinstance(item, dict):
        candidates.append(partial(parse_event, item))
    for parse in candidates:
        try:
            log = parse()
        except InvalidEnvelope as error:
            assert len(str(error).splitlines()) == 1  # noqa: PT017 - either outcome is right
        else:
            assert log.log_id
            assert log.type
            assert all(isinstance(getattr(log, field), str) for field in FIELDS)


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


@given(st.dictionaries(st.sampled_from(FIELDS), json_values))
def test_a_field_that_is_no_text_reads_as_empty(fields: dict[str, Any]) -> None:
    log = Auth0Log(log_id="900", type="fp", data=fields)
    for field in FIELDS:
        value = fields.get(field)
        assert getattr(log, field) == (value if isinstance(value, str) else "")


@given(st.recursive(st.just("secret@example.com"), lambda inner: st.dictionaries(st.sampled_from(NAMES), inner)))
def test_no_error_repeats_a_value_of_the_event(item: Any) -> None:
    with pytest.raises(InvalidEnvelope) as error:
        parse_any(_break_types(item))
    assert "secret" not in str(error.value)


def _break_types(item: Any) -> Any:
    """The item with lists where a log would have its type, so that none is valid."""
    if not isinstance(item, dict):
        return item
    return {key: [value] if key == "type" else _break_types(value) for key, value in item.items()}


def test_detail_json_is_compact_and_keeps_text_in_utf_8() -> None:
    log = Auth0Log(log_id="900", type="fp", data={"type": "fp", "user_name": "Zoë"})
    assert detail_json(log) == '{"log_id":"900","data":{"type":"fp","user_name":"Zoë"}}'


@given(logs)
def test_detail_json_always_has_a_utf_8_form_and_no_line_break(log: Auth0Log) -> None:
    assert b"\n" not in detail_json(log).encode()


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
