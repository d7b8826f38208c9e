"""Which alarms does an environment have?"""

from collections.abc import Iterator

from constructs import Construct

from stacks.components.function_alarms import function_alarms, lost_alarm
from stacks.components.parts import Parts
from stacks.components.question import Question
from stacks.components.queue_alarms import dead_letter_alarms, inbox_alarm
from stacks.components.rule_alarms import delayed_alarm, rule_alarms
from stacks.components.source_alarms import silent_alarm, unrouted_alarm
from stacks.components.stream_alarms import stream_alarms
from stacks.components.topic_alarm import untold_alarm
from stacks.components.watched import Watched
from stacks.components.worker_alarms import instances_silent_alarm, task_alarms
from stacks.route import ALL_LOG_TYPES


def alarms_of(scope: Construct, parts: Parts) -> Iterator[Watched]:
    """In the order in which an event passes what they watch."""
    yield from source_alarms(scope, parts)
    yield from delivery_alarms(scope, parts)
    yield from processing_alarms(scope, parts)


def delivery_alarms(scope: Construct, parts: Parts) -> Iterator[Watched]:
    for bus in parts.buses:
        yield delayed_alarm(scope, bus)
    for bus, route in parts.rules:
        yield from rule_alarms(scope, bus, route.name)
    for queue, question in parts.letters:
        yield from dead_letter_alarms(scope, queue, question)


def processing_alarms(scope: Construct, parts: Parts) -> Iterator[Watched]:
    for stream in parts.streams:
        yield from stream_alarms(scope, stream)
    for function in parts.functions:
        yield from function_alarms(scope, function, Question.PROCESSED)
    for topic in parts.topics:
        yield untold_alarm(scope, topic)
    for inbox in parts.inboxes:
        yield inbox_alarm(scope, inbox)
    for task in parts.tasks:
        yield from task_alarms(scope, task)
    for instances in parts.instances:
        yield instances_silent_alarm(scope, instances)


def source_alarms(scope: Construct, parts: Parts) -> Iterator[Watched]:
    """Of silence only with a partner event source: a sender sends when somebody asks it to."""
    for bus in parts.partner_buses:
        yield silent_alarm(scope, bus, hours=parts.settings.silent_hours)
        for on, route in parts.rules:
            if on is bus and route.log_types is ALL_LOG_TYPES:
                yield unrouted_alarm(scope, bus, route.name)
    for sender in parts.senders:
        yield lost_alarm(scope, sender, parts.settings.metrics_namespace)
        yield from function_alarms(scope, sender, Question.SENT)
