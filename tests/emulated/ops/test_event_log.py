"""Are the event log's events read, all of them and nothing else?"""

import json
from datetime import UTC, datetime, timedelta

import pytest

from ops.aws import OpsError
from ops.environment import Environment
from ops.event_log import OUTPUT, read
from ops.window import Window
from tests.emulated.ops.world import World
from tests.unit.ops.names import event

GROUP = "event-log"


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def environment(world: World) -> Environment:
    world.aws.logs.create_log_group(logGroupName=GROUP)
    world.aws.logs.create_log_stream(logGroupName=GROUP, logStreamName="s")
    return Environment(name="dev", aws=world.aws, resources={}, outputs={OUTPUT: GROUP})


def write(environment: Environment, *messages: str, at: datetime) -> None:
    events = [{"timestamp": int(at.timestamp() * 1_000), "message": message} for message in messages]
    environment.aws.logs.put_log_events(logGroupName=GROUP, logStreamName="s", logEvents=events)  # type: ignore[arg-type]


def test_the_windows_events_are_read_and_its_end_is_not_in_it(environment: Environment, now: datetime) -> None:
    for log_id, minutes in (("before", 11), ("first", 10), ("last", 6), ("end", 5)):
        write(environment, json.dumps(event(log_id)), at=now - timedelta(minutes=minutes))
    window = Window(start=now - timedelta(minutes=10), end=now - timedelta(minutes=5))
    assert [seen.log.log_id for seen in read(environment, window)] == ["first", "last"]


def test_more_events_than_a_page_holds_are_all_read(environment: Environment, now: datetime) -> None:
    for start in range(0, 12_000, 1_000):
        write(environment, *(json.dumps(event(f"log-{n}")) for n in range(start, start + 1_000)), at=now)
    window = Window(start=now - timedelta(minutes=1), end=now + timedelta(minutes=1))
    assert len({seen.log.log_id for seen in read(environment, window)}) == 12_000


@pytest.mark.parametrize("line", ["no JSON", "[]", '{"detail": {}}', '{"detail": {"data": {"type": 1}}}', "[" * 50_000])
def test_a_line_that_is_no_event_is_left_out(environment: Environment, now: datetime, line: str) -> None:
    write(environment, line, json.dumps(event("log-1")), at=now)
    window = Window(start=now - timedelta(minutes=1), end=now + timedelta(minutes=1))
    assert [seen.log.log_id for seen in read(environment, window)] == ["log-1"]


def test_an_environment_without_an_event_log_is_one_line(world: World, now: datetime) -> None:
    window = Window(start=now - timedelta(minutes=1), end=now)
    with pytest.raises(OpsError, match="has no output EventLogGroupName"):
        list(read(world.environment, window))
