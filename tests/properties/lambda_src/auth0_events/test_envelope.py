"""Is a log read from every shape in which it comes, and everything else refused without repeating it?"""

import json
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
    parse_any,
    parse_event,
)
from tests.unit.lambda_src.auth0_events.test_envelope import _whole

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


@given(logs)
def test_detail_json_always_has_a_utf_8_form_and_no_line_break(log: Auth0Log) -> None:
    assert b"\n" not in detail_json(log).encode()
