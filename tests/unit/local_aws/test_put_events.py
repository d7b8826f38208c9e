"""Which entries are refused?"""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_aws.put_events import entry_error

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
