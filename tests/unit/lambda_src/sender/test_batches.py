"""Does every request keep EventBridge's limits, and every entry get its turn?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_src.sender.batches import MOST_ENTRIES, Waiting, WaitingRoom
from lambda_src.sender.entries import MOST_BYTES
from tests.unit.lambda_src.sender.fakes import entry

OVERHEAD = entry(detail_bytes=0).size


def room_of(*sizes: int, due: float = 0.0) -> WaitingRoom:
    room = WaitingRoom()
    for number, size in enumerate(sizes):
        room.add(Waiting(due=due, number=number, entry=entry(str(number), detail_bytes=size - OVERHEAD)))
    return room


def batches(room: WaitingRoom) -> list[list[int]]:
    return [[waiting.number for waiting in batch] for batch in iter(lambda: room.take(now=0.0), [])]


@settings(deadline=None)
@given(st.lists(st.integers(OVERHEAD, MOST_BYTES), max_size=40))
def test_every_batch_is_within_the_limits_and_every_entry_is_in_one(sizes: list[int]) -> None:
    taken = batches(room_of(*sizes))
    assert [number for batch in taken for number in batch] == list(range(len(sizes)))
    assert all(len(batch) <= MOST_ENTRIES for batch in taken)
    assert all(sum(sizes[number] for number in batch) <= MOST_BYTES for batch in taken)


def test_a_batch_is_filled_to_the_last_byte() -> None:
    half = MOST_BYTES // 2
    assert batches(room_of(half, half, half)) == [[0, 1], [2]]
    assert batches(room_of(half, half + 1)) == [[0], [1]]


def test_eleven_small_entries_are_two_batches() -> None:
    assert [len(batch) for batch in batches(room_of(*[OVERHEAD] * 11))] == [10, 1]


def test_an_entry_that_no_request_can_hold_goes_alone() -> None:
    assert batches(room_of(OVERHEAD, MOST_BYTES + 1, OVERHEAD)) == [[0], [1], [2]]


def test_what_is_not_due_stays() -> None:
    room = room_of(OVERHEAD, due=5.0)
    assert room.take(now=4.999) == []
    assert room.next_due == 5.0
    assert [waiting.number for waiting in room.take(now=5.0)] == [0]
    assert len(room) == 0


def test_what_was_due_first_goes_first() -> None:
    room = WaitingRoom()
    for due, number in ((3.0, 0), (1.0, 1), (1.0, 2), (2.0, 3)):
        room.add(Waiting(due=due, number=number, entry=entry(str(number))))
    assert [waiting.number for waiting in room.take(now=9.0)] == [1, 2, 3, 0]
