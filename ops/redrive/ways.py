"""Which ways back are there?

Each has a `kind` and a `place`, which make a phrase together: "call", the name of a function.
"""

from dataclasses import dataclass
from typing import ClassVar


def short(arn: str) -> str:
    """The resource's own name, without what it is in."""
    return arn.removesuffix(":*").split(":")[-1].split("/")[-1]


@dataclass(frozen=True, kw_only=True, slots=True)
class CallFunction:
    """Calls the function once more with `payload`, JSON, and waits for its answer."""

    kind: ClassVar[str] = "call"
    function_arn: str
    payload: str

    @property
    def place(self) -> str:
        return short(self.function_arn)


@dataclass(frozen=True, kw_only=True, slots=True)
class PutRecord:
    kind: ClassVar[str] = "put on"
    stream_arn: str
    body: str
    partition_key: str

    @property
    def place(self) -> str:
        return short(self.stream_arn)


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteLogEvent:
    """`time` is the event's own, ISO 8601."""

    kind: ClassVar[str] = "write to"
    log_group: str
    body: str
    time: str

    @property
    def place(self) -> str:
        return short(self.log_group)


@dataclass(frozen=True, kw_only=True, slots=True)
class SendMessage:
    kind: ClassVar[str] = "send to"
    queue_arn: str
    body: str

    @property
    def place(self) -> str:
        return short(self.queue_arn)


@dataclass(frozen=True, kw_only=True, slots=True)
class StartTask:
    """Starts the rule's task once, for however many events: they wait in the task's inbox."""

    kind: ClassVar[str] = "start a task on"
    rule_arn: str
    cluster_arn: str

    @property
    def place(self) -> str:
        return short(self.cluster_arn)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplayRecords:
    """Reads `count` records of the stream again, from `first` to `last`, and calls the function with them."""

    kind: ClassVar[str] = "read the stream, call"
    function_arn: str
    stream_arn: str
    shard_id: str
    first: str
    last: str
    count: int

    @property
    def place(self) -> str:
        return short(self.function_arn)


@dataclass(frozen=True, kw_only=True, slots=True)
class SendAgain:
    """Hands the event to the sender, together with others."""

    kind: ClassVar[str] = "send through"
    body: str

    @property
    def place(self) -> str:
        return "the sender"

    @property
    def size(self) -> int:
        return len(self.body.encode())


@dataclass(frozen=True, kw_only=True, slots=True)
class NoWay:
    """The letter stays; `place` says why, safe to show."""

    kind: ClassVar[str] = "stays"
    place: str


SingleWay = CallFunction | PutRecord | WriteLogEvent | SendMessage | StartTask | ReplayRecords
Way = SingleWay | SendAgain | NoWay
