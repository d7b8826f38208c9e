"""Which entries are refused?"""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from local_aws.put_events import is_malformed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=3))
def test_every_json_object_is_a_good_detail(detail: dict[str, Any]) -> None:
    assert not is_malformed(json.dumps(detail))


@given(JSON.filter(lambda value: not isinstance(value, dict)))
def test_no_other_json_value_is(detail: object) -> None:
    assert is_malformed(json.dumps(detail))
