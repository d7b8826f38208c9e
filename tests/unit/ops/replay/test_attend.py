"""What becomes of a replay when it is interrupted, fails, or is cancelled by somebody else?"""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from ops.aws import OpsError
from ops.replay.attend import attend
from ops.replay.replays import cancel, start
from tests.unit.ops.replay.events import BUS, WINDOW, FakeEvents, refused, rule


def interrupt() -> None:
    raise KeyboardInterrupt


class Attended:
    """`waits[n]` is called in the n-th wait."""

    def __init__(self, events: FakeEvents, *waits: Callable[[], object]) -> None:
        self.told: list[str] = []
        self.done: list[int] = []
        plan = iter(waits)
        client: Any = events
        self.replay, self.was_interrupted = attend(
            client,
            "name",
            begin=lambda: start(client, "name", BUS, WINDOW, [rule("A"), rule("B")]),
            wait=lambda: next(plan, lambda: None)(),
            progress=self.done.append,
            tell=self.told.append,
        )


def test_it_is_watched_to_its_end_and_progress_is_in_seconds_of_the_window() -> None:
    events = FakeEvents("STARTING", "RUNNING", "COMPLETED")
    attended = Attended(events)
    assert (attended.replay.state, attended.was_interrupted, attended.told) == ("COMPLETED", False, [])
    assert attended.done == [600, 600, 2_400]
    assert events.cancels == 0


def test_only_the_chosen_rules_are_named_to_aws() -> None:
    events = FakeEvents("COMPLETED")
    Attended(events)
    (asked,) = events.started
    assert asked["Destination"] == {"Arn": BUS.arn, "FilterArns": ["arn:A", "arn:B"]}
    assert asked["EventSourceArn"] == BUS.archive_arn
    assert (asked["EventStartTime"], asked["EventEndTime"]) == (WINDOW.start, WINDOW.end)
    client: Any = events
    start(client, "name", BUS, WINDOW, None)
    assert events.started[1]["Destination"] == {"Arn": BUS.arn}


@pytest.mark.parametrize("state", ["FAILED", "CANCELLED"])
def test_a_replay_that_ends_otherwise_is_told_as_it_is(state: str) -> None:
    attended = Attended(FakeEvents("RUNNING", state))
    assert (attended.replay.state, attended.was_interrupted) == (state, False)


def test_ctrl_c_cancels_it_and_waits_for_that() -> None:
    events = FakeEvents("RUNNING")
    attended = Attended(events, interrupt)
    assert (events.cancels, attended.replay.state, attended.was_interrupted) == (1, "CANCELLED", True)
    assert attended.told == ["cancelling name; Ctrl-C again does not wait for it"]
    assert sum(attended.done) <= 3_600


def test_a_second_ctrl_c_does_not_wait() -> None:
    events = FakeEvents("RUNNING")
    with pytest.raises(KeyboardInterrupt):
        Attended(events, interrupt, interrupt)
    assert events.cancels == 1


def test_ctrl_c_that_comes_too_late_finds_it_completed() -> None:
    events = FakeEvents("RUNNING", "COMPLETED")
    attended = Attended(events, interrupt)
    assert (events.cancels, attended.replay.state, attended.was_interrupted) == (0, "COMPLETED", True)


def test_ctrl_c_while_it_is_started_cancels_what_aws_has_got_of_it() -> None:
    events = FakeEvents("RUNNING")
    events.on_start = interrupt
    attended = Attended(events)
    assert (events.cancels, attended.replay.state) == (1, "CANCELLED")


def test_ctrl_c_before_aws_knows_of_it_leaves_nothing_behind() -> None:
    events = FakeEvents("RUNNING")
    events.started = NeverAdded(interrupt)
    with pytest.raises(KeyboardInterrupt):
        Attended(events)


class NeverAdded(list[Any]):
    def __init__(self, on_append: Callable[[], object]) -> None:
        super().__init__()
        self._on_append = on_append

    def append(self, _: object, /) -> None:
        self._on_append()


def test_a_cancel_that_aws_refuses_while_it_runs_is_an_error() -> None:
    def refuse() -> None:
        raise refused("AccessDeniedException")

    events = FakeEvents("RUNNING")
    events.on_cancel = refuse
    with pytest.raises(ClientError, match="AccessDenied"):
        Attended(events, interrupt)


def test_a_cancel_of_one_that_ended_meanwhile_is_none() -> None:
    events: Any = FakeEvents("FAILED")
    events.started.append(None)
    cancel(events, "name")
    assert events.cancels == 0


def test_one_that_is_there_was_started_by_a_try_whose_answer_got_lost() -> None:
    def refuse() -> None:
        raise refused("ResourceAlreadyExistsException")

    events = FakeEvents("RUNNING", "COMPLETED")
    events.on_start = refuse
    attended = Attended(events)
    assert (attended.replay.state, events.cancels, len(events.started)) == ("COMPLETED", 0, 1)


def test_too_many_replays_say_what_to_do() -> None:
    def refuse() -> None:
        raise refused("LimitExceededException")

    events = FakeEvents("RUNNING")
    events.on_start = refuse
    with pytest.raises(OpsError, match="ten replays run in this account and region already"):
        Attended(events)
