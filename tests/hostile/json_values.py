"""What JSON could arrive where an event is expected, and how do properties draw it?"""

import json
from typing import Any

from hypothesis import strategies as st

NAMES = (
    "detail",
    "detail-type",
    "source",
    "data",
    "log_id",
    "_id",
    "type",
    "description",
    "date",
    "details",
    "ip",
    "x",
)

text = st.text(st.characters())  # lone surrogates among them, which "\ud800" in JSON gives
numbers = st.integers() | st.floats() | st.sampled_from([10**400, 2**63, -(2**63) - 1, 1e308, 5e-324])
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | text, inner, max_size=5),
    max_leaves=12,
)


def _plausible(part: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly what belongs there, so that a reader gets past its first check."""
    return part | part | part | values


_data = st.fixed_dictionaries(
    {"type": _plausible(st.sampled_from(["s", "fp", "sdu", "limit_wc", "brand_new"]))},
    optional={name: _plausible(text) for name in ("log_id", "date", "ip", "client_name", "connection", "details")},
)
details = st.fixed_dictionaries({"log_id": _plausible(text), "data": _plausible(_data)})
events = _plausible(st.fixed_dictionaries({"detail-type": st.just("Auth0 log"), "detail": _plausible(details)}))
documents = st.builds(lambda value: json.dumps(value).encode(), events) | st.binary(max_size=50)

DEEP = 100_000
# What a generator of values does not write.
ODD_DOCUMENTS = (
    b"",
    b"\0",
    b"\xef\xbb\xbf{}",
    b"\xff\xfe{\0}\0",
    b"[" * DEEP,
    b'{"detail":' * DEEP,
    b"9" * 5_000,
    b'{"detail":{"log_id":"1","data":{"type":"s","x":' + b"[" * 900 + b"]" * 900 + b"}}}",
    b'{"detail":{"log_id":"1","data":{"type":"s","x":1e999,"y":NaN,"z":-Infinity}}}',
    b'{"detail":{"log_id":"1","data":{"type":"s","x":' + b"9" * 5_000 + b"}}}",
    b'{"detail":{"log_id":"1","log_id":"2","data":{"type":"s","type":"fp","type":["x"]}}}',
    b'{"detail":{"log_id":"1","data":{"type":"s","user_agent":"' + b"x" * 200_000 + b'"}}}',
    b'{"detail":{"log_id":"' + b"x" * 200_000 + b'","data":{"type":"' + b"y" * 200_000 + b'"}}}',
    b'{"detail":{"log_id":"\\ud83d\\u0000","data":{"type":"\\ude00"}}}',
    b'{"detail":{"log_id":"1","data":{"type":"s"}}} {}',
)
