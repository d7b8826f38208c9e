"""What is an environment made of that can fail?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aws_cdk import Stack
from constructs import Construct

from stacks.components.alert_topic import AlertTopic
from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.event_function import EventFunction
from stacks.components.inbox_queue import InboxQueue
from stacks.components.question import Question
from stacks.components.route_to_instances import RouteToInstances
from stacks.components.route_to_stream import RouteToStream
from stacks.components.route_to_task import RouteToTask
from stacks.route import Route
from stacks.settings import Settings

Kind = TypeVar("Kind", bound=Construct)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """The constructs of the stacks are found by themselves: a new one is watched without anybody having to remember it.

    `rules`: bus and route of each rule that takes Auth0's events. `sender`: its stack, where there is one.
    """

    settings: Settings
    rules: Sequence[tuple[Auth0EventBus, Route]]
    targets: Stack
    sender: Stack | None

    @property
    def buses(self) -> list[Auth0EventBus]:
        return list(dict.fromkeys(bus for bus, _ in self.rules))

    @property
    def partner_buses(self) -> list[Auth0EventBus]:
        return [bus for bus in self.buses if bus.is_partner]

    @property
    def letters(self) -> Iterator[tuple[DeadLetterQueue, Question]]:
        """Each dead-letter queue, and the question that it answers with no."""
        for queue in within(self.targets, DeadLetterQueue):
            yield queue, Question.PROCESSED if queue.node.id == "Unprocessed" else Question.DELIVERED
        for queue in within(self.sender, DeadLetterQueue):
            yield queue, Question.SENT

    @property
    def functions(self) -> list[EventFunction]:
        """Those that take events; not the sender's."""
        return within(self.targets, EventFunction)

    @property
    def senders(self) -> list[EventFunction]:
        return within(self.sender, EventFunction)

    @property
    def inboxes(self) -> list[InboxQueue]:
        return within(self.targets, InboxQueue)

    @property
    def streams(self) -> list[RouteToStream]:
        return within(self.targets, RouteToStream)

    @property
    def topics(self) -> list[AlertTopic]:
        return within(self.targets, AlertTopic)

    @property
    def tasks(self) -> list[RouteToTask]:
        return within(self.targets, RouteToTask)

    @property
    def instances(self) -> list[RouteToInstances]:
        return within(self.targets, RouteToInstances)


def within(stack: Stack | None, kind: type[Kind]) -> list[Kind]:
    found = stack.node.find_all() if stack else []
    return [construct for construct in found if isinstance(construct, kind)]
