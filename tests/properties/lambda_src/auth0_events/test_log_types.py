"""Is the catalogue Auth0's, and does a wrong name in it get a helpful answer?"""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lambda_src.auth0_events.log_types import (
    CATEGORIES,
    LOG_TYPES,
    UnknownCategory,
    UnknownLogType,
    codes_of,
    require_known,
)


@given(
    st.text(st.characters()) | st.text(min_size=1000, max_size=2000) | st.integers() | st.none() | st.lists(st.text())
)
def test_whatever_is_unknown_the_error_is_one_short_line_with_a_known_name(wrong: Any) -> None:
    assume(not isinstance(wrong, str) or wrong not in LOG_TYPES.keys() | CATEGORIES.keys())
    with pytest.raises(UnknownLogType) as unknown_code:
        require_known([wrong])
    with pytest.raises(UnknownCategory) as unknown_category:
        codes_of(wrong)
    for message, known in ((str(unknown_code.value), LOG_TYPES), (str(unknown_category.value), CATEGORIES)):
        assert len(message.splitlines()) == 1
        assert len(message) < 250
        assert message.partition("nearest known: ")[2].split(", ")[0] in known
