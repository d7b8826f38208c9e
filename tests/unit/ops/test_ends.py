import pytest

from ops.ends import ENDS
from stacks.route import Target


@pytest.mark.parametrize(
    ("target", "line", "log_ids"),
    [
        (Target.STREAM, {"message": "batch counted", "log_ids": ["a", "b"]}, ["a", "b"]),
        (Target.STREAM, {"message": "record refused", "log_ids": ["a"]}, []),
        (Target.ALERT, {"message": "alert published", "log_id": "a"}, ["a"]),
        (Target.ALERT, {"message": "alert already published", "log_id": "a"}, []),
        (Target.EVENT_LOG, {"detail": {"log_id": "a"}}, ["a"]),
        (Target.TASK, {"message": "event processed", "log_id": "a"}, ["a"]),
        (Target.INSTANCES, {"message": "event failed", "log_id": "a"}, []),
    ],
)
def test_only_work_that_is_done_counts_as_arrived(target: Target, line: dict[str, object], log_ids: list[str]) -> None:
    _, read = ENDS[target]
    assert read(line) == log_ids


def test_every_target_has_an_end() -> None:
    assert set(ENDS) == set(Target)
