"""What is an environment made of that can fail?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from aws_cdk import Stack
from constructs import Construct, IConstruct

from stacks.components.alert_topic import AlertTopic
from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.event_function import EventFunction
from stacks.components.inbox_queue import InboxQueue
from stacks.components.question import Question
from stacks.components.route_to_instances import RouteToInstances
from stacks.components.route_to_stream import RouteToStream
from stacks.components.route_to_task import RouteToTask
from stacks.components.watched import path_of
from stacks.route import Route
from stacks.settings import Settings

Kind = TypeVar("Kind", bound=Construct)


@dataclass(frozen=True, kw_only=True)
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
        for queue in of_kind(DeadLetterQueue, self._in_targets):
            yield queue, Question.PROCESSED if path_of(queue).endswith("Unprocessed") else Question.DELIVERED
        for queue in of_kind(DeadLetterQueue, self._in_sender):
            yield queue, Question.SENT

    @property
    def functions(self) -> list[EventFunction]:
        """Those that take events; not the sender's."""
        return of_kind(EventFunction, self._in_targets)

    @property
    def senders(self) -> list[EventFunction]:
        return of_kind(EventFunction, self._in_sender)

    @property
    def inboxes(self) -> list[InboxQueue]:
        return of_kind(InboxQueue, self._in_targets)

    @property
    def streams(self) -> list[RouteToStream]:
        return of_kind(RouteToStream, self._in_targets)

    @property
    def topics(self) -> list[AlertTopic]:
        return of_kind(AlertTopic, self._in_targets)

    @property
    def tasks(self) -> list[RouteToTask]:
        return of_kind(RouteToTask, self._in_targets)

    @property
    def instances(self) -> list[RouteToInstances]:
        return of_kind(RouteToInstances, self._in_targets)

    @cached_property
    def _in_targets(self) -> list[IConstruct]:
        return self.targets.node.find_all()

    @cached_property
    def _in_sender(self) -> list[IConstruct]:
        return self.sender.node.find_all() if self.sender else []


def of_kind(kind: type[Kind], found: list[IConstruct]) -> list[Kind]:
    return [construct for construct in found if isinstance(construct, kind)]
