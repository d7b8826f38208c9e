"""Does every request keep EventBridge's limits, and every entry get its turn?"""

from lambda_src.sender.batches import MOST_WAITING, Batches, Waiting
from lambda_src.sender.entries import MOST_BYTES
from tests.unit.lambda_src.sender.fakes import entries, entry

OVERHEAD = entry(detail_bytes=0).size


def packed(*sizes: int) -> list[list[int]]:
    """The numbers of the entries in each batch."""
    batches = Batches(entry(str(number), detail_bytes=size - OVERHEAD) for number, size in enumerate(sizes))
    return [[int(waiting.entry.log_id) for waiting in batch] for batch in iter(lambda: batches.take(now=0.0), [])]


def test_a_batch_is_filled_to_the_last_byte() -> None:
    half = MOST_BYTES // 2
    assert packed(half, half, half) == [[0, 1], [2]]
    assert packed(half, half + 1) == [[0], [1]]


def test_eleven_small_entries_are_two_batches() -> None:
    assert [len(batch) for batch in packed(*[OVERHEAD] * 11)] == [10, 1]


def test_an_entry_that_no_request_can_hold_goes_alone() -> None:
    assert packed(OVERHEAD, MOST_BYTES + 1, OVERHEAD) == [[0], [1], [2]]


def test_what_is_to_be_sent_again_goes_first_when_it_is_due_and_shares_its_request() -> None:
    batches = Batches(entries(12))
    for due, log_id in ((3.0, "c"), (1.0, "a"), (1.0, "b"), (9.0, "late")):
        batches.add(Waiting(entry(log_id), attempts=1), due)
    assert batches.due(0.0) == 0.0
    assert [waiting.entry.log_id for waiting in batches.take(now=3.0)] == ["a", "b", "c", *"0123456"]
    assert [waiting.entry.log_id for waiting in batches.take(now=8.999)] == ["7", "8", "9", "10", "11"]
    assert (batches.take(now=8.999), batches.due(8.999)) == ([], 9.0)
    assert [waiting.entry.log_id for waiting in batches.take(now=9.0)] == ["late"]
    assert batches.due(9.0) == float("inf")


def test_what_is_sent_again_keeps_the_limits_too() -> None:
    batches = Batches(entries(1))
    for number in range(3):
        batches.add(Waiting(entry(str(number), detail_bytes=MOST_BYTES // 2 - OVERHEAD)), 0.0)
    assert [len(batch) for batch in iter(lambda: batches.take(now=0.0), [])] == [2, 2]


def test_while_many_wait_no_new_one_is_read() -> None:
    reading = entries(5)
    batches = Batches(reading)
    for number in range(MOST_WAITING):
        batches.add(Waiting(entry(f"again {number}")), 9.0)
    assert (batches.take(now=0.0), batches.due(0.0)) == ([], 9.0)
    assert len(list(reading)) == 5


def test_what_never_went_out_is_known_to_the_last_one() -> None:
    half = MOST_BYTES // 2 - OVERHEAD
    batches = Batches(entry(str(number), detail_bytes=half + number) for number in range(4))
    assert [waiting.entry.log_id for waiting in batches.take(now=0.0)] == ["0"]  # the second is read, and does not fit
    assert [entry.log_id for entry in batches.unattempted()] == ["1", "2", "3"]
