"""Does an end tell of work that is done, and of nothing else?"""

import json
from datetime import UTC, datetime

import pytest

from ops.ends import ENDS, Sighting, sightings
from stacks.route import Target
from tests.emulated.ops.world import World


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


@pytest.mark.parametrize("message", ["no JSON verify-run1", "[]", '{"log_ids": "verify-run1-0001', "[" * 50_000, "7"])
def test_a_line_that_is_no_object_tells_of_nothing(world: World, message: str) -> None:
    now = int(datetime.now(UTC).timestamp() * 1_000)
    good = json.dumps({"message": "batch counted", "log_ids": ["verify-run1-0001", "verify-run2-0001"]})
    world.aws.logs.create_log_group(logGroupName="activity")
    world.aws.logs.create_log_stream(logGroupName="activity", logStreamName="s")
    for at, text in ((now - 60_000, good), (now, message), (now, good)):
        world.aws.logs.put_log_events(
            logGroupName="activity", logStreamName="s", logEvents=[{"timestamp": at, "message": text}]
        )
    read = ENDS[Target.STREAM].read
    (seen,) = sightings(world.aws.logs, "activity", read, mark="verify-run1", since_ms=now - 1_000)
    assert seen == Sighting(log_id="verify-run1-0001", at_ms=now, written_ms=seen.written_ms)
    assert seen.written_ms == pytest.approx(now, abs=60_000)
