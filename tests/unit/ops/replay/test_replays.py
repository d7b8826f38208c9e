"""Is what AWS says of replays understood?"""

from datetime import timedelta
from typing import Any

import pytest

from ops.replay.replays import Replay, listed, replay_of
from ops.window import Window
from tests.unit.ops.replay.events import START, WINDOW


@pytest.mark.parametrize(
    ("state", "last", "seconds"),
    [
        ("STARTING", None, 0),
        ("RUNNING", START + timedelta(minutes=30), 1_800),
        ("RUNNING", START - timedelta(minutes=1), 0),
        ("RUNNING", START + timedelta(hours=2), 3_600),
        ("COMPLETED", None, 3_600),
        ("CANCELLED", START + timedelta(minutes=1), 60),
    ],
)
def test_how_far_it_is(state: str, last: Any, seconds: int) -> None:
    assert Replay(name="name", state=state, window=WINDOW, last=last).seconds_done == seconds


def test_what_aws_does_not_say_is_not_known() -> None:
    assert replay_of({"ReplayName": "name", "State": "RUNNING"}) == Replay(name="name", state="RUNNING")
    assert Replay(name="name", state="RUNNING").seconds_done == 0
    described = replay_of({"ReplayName": "name", "State": "RUNNING", "Destination": {"Arn": "bus"}})
    assert described.rules == ()
    to = {"Arn": "bus", "FilterArns": ["arn:aws:events:eu-west-1:123456789012:rule/aws.partner/auth0.com/t/A"]}
    assert replay_of({"ReplayName": "name", "State": "RUNNING", "Destination": to}).rules == ("A",)


def test_the_window_is_the_replays_own() -> None:
    answer = {"ReplayName": "n", "State": "FAILED", "EventStartTime": START, "EventEndTime": WINDOW.end}
    assert replay_of(answer).window == Window(start=START, end=WINDOW.end)


def test_a_list_of_several_pages_is_read_to_its_end() -> None:
    class Pages:
        def list_replays(self, *, EventSourceArn: str, NextToken: str = "") -> dict[str, Any]:  # noqa: N803 - boto3's names
            assert EventSourceArn == "arn"
            page = {"Replays": [{"ReplayName": f"after-{NextToken}", "State": "COMPLETED"}]}
            return page | ({} if NextToken == "two" else {"NextToken": "two" if NextToken else "one"})

    events: Any = Pages()
    assert [each.name for each in listed(events, "arn")] == ["after-", "after-one", "after-two"]
