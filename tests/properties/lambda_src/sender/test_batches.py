"""Does every request keep EventBridge's limits, and every entry get its turn?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_src.sender.batches import MOST_ENTRIES
from lambda_src.sender.entries import MOST_BYTES
from tests.unit.lambda_src.sender.test_batches import OVERHEAD, packed


@settings(deadline=None)
@given(st.lists(st.integers(OVERHEAD, MOST_BYTES), max_size=40))
def test_every_batch_is_within_the_limits_and_every_entry_is_in_one(sizes: list[int]) -> None:
    taken = packed(*sizes)
    assert [number for batch in taken for number in batch] == list(range(len(sizes)))
    assert all(len(batch) <= MOST_ENTRIES for batch in taken)
    assert all(sum(sizes[number] for number in batch) <= MOST_BYTES for batch in taken)
