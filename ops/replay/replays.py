"""How is a replay started, looked at and cancelled?

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from ops.aws import OpsError
from ops.replay.buses import ArchivedBus
from ops.replay.rules import Rule
from ops.window import Window

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

ENDED = ("COMPLETED", "CANCELLED", "FAILED")


class NoSuchReplay(OpsError):
    """AWS knows no replay of this name, or forgot it after 90 days."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Replay:
    """As AWS describes it; what it does not say is None, as the rules of one in a list. No rule: all of the bus.

    `last`: the time of the event that it has replayed last.
    """

    name: str
    state: str
    reason: str = ""
    archive_arn: str = ""
    window: Window | None = None
    rules: tuple[str, ...] | None = None
    last: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def seconds_done(self) -> int:
        """Of its window."""
        if not self.window or (not self.last and self.state != "COMPLETED"):
            return 0
        last = self.window.end if self.state == "COMPLETED" or not self.last else self.last
        return max(0, round((min(last, self.window.end) - self.window.start).total_seconds()))


def replay_of(answer: Mapping[str, Any]) -> Replay:
    """Of DescribeReplay's answer, or one of ListReplays'."""
    start, end = answer.get("EventStartTime"), answer.get("EventEndTime")
    to = answer.get("Destination")
    return Replay(
        name=answer["ReplayName"],
        state=answer["State"],
        reason=answer.get("StateReason", ""),
        archive_arn=answer.get("EventSourceArn", ""),
        window=Window(start=start, end=end) if start and end else None,
        rules=None if to is None else tuple(arn.rpartition("/")[2] for arn in to.get("FilterArns") or ()),
        last=answer.get("EventLastReplayedTime"),
        started=answer.get("ReplayStartTime"),
        ended=answer.get("ReplayEndTime"),
    )


def start(
    events: "EventBridgeClient", name: str, bus: ArchivedBus, window: Window, rules: Sequence[Rule] | None
) -> None:
    """`rules` None: to all of the bus. The window is of whole seconds. Raises OpsError if too many replays run.

    `name` is nobody else's: a replay that has it is this one, started by a first try whose answer got lost.
    """
    to: Any = {"Arn": bus.arn} | ({} if rules is None else {"FilterArns": [rule.arn for rule in rules]})
    try:
        events.start_replay(
            ReplayName=name,
            Description="by python -m ops replay",
            EventSourceArn=bus.archive_arn,
            EventStartTime=window.start,
            EventEndTime=window.end,
            Destination=to,
        )
    except ClientError as error:
        code = error.response["Error"].get("Code")
        if code == "ResourceAlreadyExistsException":
            return
        if code != "LimitExceededException":
            raise
        raise OpsError(
            "ten replays run in this account and region already, which is the most: wait, or cancel one "
            "(`--list` shows them, `--cancel REPLAY` cancels one)"
        ) from error


def describe(events: "EventBridgeClient", name: str) -> Replay:
    """Raises NoSuchReplay."""
    try:
        return replay_of(events.describe_replay(ReplayName=name))
    except ClientError as error:
        if error.response["Error"].get("Code") != "ResourceNotFoundException":
            raise
        raise NoSuchReplay(f"no replay is called {name!r}: `--list` shows them") from error


def listed(events: "EventBridgeClient", archive_arn: str) -> Iterator[Replay]:
    """Those of an archive, in no order."""
    more: Any = {}
    while True:
        page = events.list_replays(EventSourceArn=archive_arn, **more)
        yield from map(replay_of, page["Replays"])
        if not page.get("NextToken"):
            return
        more = {"NextToken": page["NextToken"]}


def watch(
    events: "EventBridgeClient", name: str, wait: Callable[[], object], progress: Callable[[int], object]
) -> Replay:
    """The replay when it has ended. `progress` is told of each second of the window that it is further."""
    done = 0
    while True:
        replay = describe(events, name)
        further = max(0, replay.seconds_done - done)  # within a minute events come in no order
        progress(further)
        done += further
        if replay.has_ended:
            return replay
        wait()


def cancel(events: "EventBridgeClient", name: str) -> None:
    """Asks for it. Nothing is wrong with one that has ended before, or is being cancelled. Raises NoSuchReplay."""
    try:
        events.cancel_replay(ReplayName=name)
    except ClientError as error:
        code = error.response["Error"].get("Code")
        if code != "IllegalStatusException" and not describe(events, name).has_ended:
            raise
