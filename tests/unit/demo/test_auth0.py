from demo.auth0 import MOST_ENTRIES, chunks
from demo.story import some_logs


def test_chunks_hold_every_log_once_and_never_more_than_a_request_takes() -> None:
    logs = some_logs(1, seed=0)
    split = list(chunks(logs))
    assert [log for chunk in split for log in chunk] == logs
    assert max(map(len, split)) == MOST_ENTRIES
