"""What stands in for EventBridge's replays?"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from ops.replay.buses import ArchivedBus
from ops.replay.rules import Rule
from ops.window import Window

START = datetime(2026, 11, 24, 12, tzinfo=UTC)
WINDOW = Window(start=START, end=START + timedelta(hours=1))
SOURCE = "simulation/auth0.com/"
BUS = ArchivedBus(
    kind="simulation",
    name="bus",
    arn="arn:aws:events:eu-west-1:123456789012:event-bus/bus",
    source_prefix=SOURCE,
    own_prefix=SOURCE,
    archive="archive",
    archive_arn="arn:aws:events:eu-west-1:123456789012:archive/archive",
    state="ENABLED",
    kept_days=30,
    created=START - timedelta(days=7),
    count=0,
)


def rule(name: str, pattern: str = "{}", *, is_enabled: bool = True) -> Rule:
    return Rule(name=name, arn=f"arn:{name}", is_enabled=is_enabled, pattern=pattern, targets=())


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, "Replay")


class FakeEvents:
    """One replay: at each look in the next of `states`, in the last for ever. `started`: what was asked for."""

    def __init__(self, *states: str, cancelled: Sequence[str] = ("CANCELLING", "CANCELLED")) -> None:
        self._states = list(states)
        self._cancelled = list(cancelled)
        self.started: list[Any] = []
        self.cancels = 0
        self.on_start: Callable[[], object] = lambda: None
        self.on_cancel: Callable[[], object] = lambda: None
        self.last = START

    def start_replay(self, **arguments: Any) -> None:
        self.started.append(arguments)
        self.on_start()

    def describe_replay(self, *, ReplayName: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        if not self.started:
            raise refused("ResourceNotFoundException")
        state = self._states.pop(0) if len(self._states) > 1 else self._states[0]
        self.last += timedelta(minutes=10)
        times = {"EventStartTime": WINDOW.start, "EventEndTime": WINDOW.end, "EventLastReplayedTime": self.last}
        return {"ReplayName": ReplayName, "State": state, **times}

    def cancel_replay(self, *, ReplayName: str) -> None:  # noqa: N803 - boto3's names
        self.on_cancel()
        if not self.started:
            raise refused("ResourceNotFoundException")
        if self._states[0] in ("COMPLETED", "FAILED"):
            raise refused("IllegalStatusException")
        self.cancels += 1
        self._states = list(self._cancelled)
