"""Which entries are refused?"""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_aws.event_entries import MAX_TOTAL_BYTES, entry_bytes, entry_error, request_error

GOOD = {"Source": "auth0.simulation", "DetailType": "Auth0 log", "Detail": "{}"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=3))
def test_every_json_object_is_a_good_detail(detail: dict[str, Any]) -> None:
    assert entry_error({**GOOD, "Detail": json.dumps(detail)}) is None


@given(JSON.filter(lambda value: not isinstance(value, dict)))
def test_no_other_json_value_is(detail: object) -> None:
    assert entry_error({**GOOD, "Detail": json.dumps(detail)}) == ("MalformedDetail", "Detail is malformed.")


@pytest.mark.parametrize("detail", ["{", "nothing", '{"a": NaN}', "{'a': 1}", '{"a": 1}x', "[" * 100_000])
def test_what_is_no_json_is_malformed(detail: str) -> None:
    assert entry_error({**GOOD, "Detail": detail}) == ("MalformedDetail", "Detail is malformed.")


@pytest.mark.parametrize("key", GOOD)
@pytest.mark.parametrize("value", [None, ""])
def test_what_is_required_must_be_there(key: str, value: str | None) -> None:
    error = entry_error({**GOOD, key: value})
    assert error
    assert error[0] == "InvalidArgument"
    assert key in error[1]


def test_a_request_has_one_to_as_many_entries_as_its_operation_takes() -> None:
    assert [request_error([GOOD] * count, most=10) is None for count in (0, 1, 10, 11)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("bus", "is_good"),
    [
        ("default", True),
        ("arn:aws:events:eu-west-1:123456789012:event-bus/my.bus_1-x", True),
        ("aws.partner/auth0.com/x/auth0.logs", False),
        ("arn:aws:events:eu-west-1:123456789012:event-bus/aws.partner/auth0.com/x/auth0.logs", False),
        ("a bus", False),
    ],
)
def test_a_bus_name_with_a_slash_is_refused(*, bus: str, is_good: bool) -> None:
    assert (request_error([GOOD, {**GOOD, "EventBusName": bus}], most=10) is None) is is_good


def test_size_is_in_bytes_of_what_eventbridge_counts() -> None:
    entry = {"Source": "ä", "DetailType": "€", "Detail": "\ud800", "Resources": ["ab"], "EventBusName": "default"}
    assert entry_bytes(entry) == 2 + 3 + 3 + 2
    assert entry_bytes({**entry, "Time": 1}) == 24


def test_the_limit_is_on_all_entries_together() -> None:
    padding = MAX_TOTAL_BYTES - entry_bytes(GOOD) - entry_bytes({**GOOD, "Detail": ""})
    assert request_error([GOOD, {**GOOD, "Detail": "x" * padding}], most=10) is None
    assert request_error([GOOD, {**GOOD, "Detail": "x" * (padding + 1)}], most=10)
