"""Is an entry what EventBridge takes, and as large as EventBridge counts?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_src.sender.entries import entry_of
from tests.unit.lambda_src.sender.test_entries import SOURCE, log_of


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_counts_in_utf_8_bytes(text: str) -> None:
    entry = entry_of(log_of(description=text), SOURCE)
    assert entry.size == len(f"{SOURCE}Auth0 log{entry.detail}".encode())
