"""Which entries are refused?"""

import pytest

from local_aws.put_events import is_malformed


@pytest.mark.parametrize("detail", ["{", "nothing", "{'a': 1}", '{"a": 1}x', "[" * 100_000])
def test_what_is_no_json_is_malformed(detail: str) -> None:
    assert is_malformed(detail)
