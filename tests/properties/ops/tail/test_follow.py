"""Is each line of the log seen once, however it comes?"""

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.ops.tail.seen import seen
from tests.unit.ops.tail.test_follow import Log
from tests.unit.ops.tail.test_follow import log as log


@given(st.lists(st.lists(st.integers(0, 59_999), max_size=20), min_size=1, max_size=6))
def test_whatever_comes_within_the_overlap_is_seen_exactly_once(batches: list[list[int]]) -> None:
    log = Log()
    looks = log.follow()
    given_ids: list[str] = []
    for number, batch in enumerate(batches):
        log.lines += [seen(f"{number}-{index}", at=ms / 1_000) for index, ms in enumerate(batch)]
        given_ids += looks.next()
    assert sorted(given_ids) == sorted(line.id for line in log.lines)
