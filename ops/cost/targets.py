"""What does an event cost at a target?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from lambda_src.activity.counted_types import ATTACKS, METRICS
from ops.cost.assumptions import Assumptions
from ops.cost.at_rest import is_on_demand, shards
from ops.cost.inventory import Inventory, Resource
from ops.cost.line import GB, HOURS, Use
from ops.cost.memory import alert_memory, consumer_memory
from ops.cost.runs import call, custom_metrics, kept, written
from ops.cost.tasks import tasks
from ops.cost.volume import Volume

ACTIVITY_METRICS = len(METRICS) + 2  # Events and Attacks
# A second: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
SHARD_RECORDS, SHARD_BYTES = 1_000, 1024**2
STREAM = "AWS::Kinesis::Stream"
MORE = "further shards that it takes"
Uses = Iterator[Use]


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """`events` a month that the rule leads to `resource`, by its `target`."""

    inventory: Inventory
    rule: Resource
    target: Mapping[str, Any]
    resource: Resource
    volume: Volume
    events: float
    assumptions: Assumptions

    def key_requests(self, principals: int) -> Use:
        """A data key is used again for some minutes: each principal asks for one in each of them that has an event."""
        seconds = self.resource.properties.get("KmsDataKeyReusePeriodSeconds", self.assumptions.key_cache_seconds)
        periods = min(self.events, HOURS * 3600 / float(seconds))
        return Use(self.resource.owner, "requests to the key", periods * principals, "kms_request")


def log_group(arrival: Arrival) -> Uses:
    """One log event for each event, whole."""
    size = arrival.events * (arrival.volume.mix.event_bytes + arrival.assumptions.log_event_bytes)
    yield from kept(arrival.resource, size, arrival.assumptions)


def stream(arrival: Arrival) -> Uses:
    owner, events = arrival.resource.owner, arrival.events
    if is_on_demand(arrival.resource):
        kilobytes = events * arrival.volume.chunks(1)
        yield Use(owner, "into the stream", kilobytes * 1024 / GB, "stream_gb_in")
        yield Use(owner, "out of the stream", kilobytes * 1024 / GB, "stream_gb_out")
    else:
        yield Use(owner, "into the stream", events * arrival.volume.chunks(25), "put_unit")
        yield from shards(arrival.resource, missing_shards(arrival), MORE)
    yield arrival.key_requests(2)
    for mapping in arrival.inventory.of_type("AWS::Lambda::EventSourceMapping"):
        if arrival.inventory.meant(mapping.properties["EventSourceArn"], mapping.stack) == arrival.resource:
            yield from consumed(arrival, mapping)


def missing_shards(arrival: Arrival) -> int:
    """For the busiest hour: a provisioned stream refuses what is more than its shards take."""
    stream, a_second = arrival.resource, arrival.events / HOURS / 3600 * arrival.assumptions.peak
    needed = max(ceil(a_second / SHARD_RECORDS), ceil(a_second * arrival.volume.mix.event_bytes / SHARD_BYTES))
    return 0 if is_on_demand(stream) else max(0, needed - int(stream.properties["ShardCount"]))


def consumed(arrival: Arrival, mapping: Resource) -> Uses:
    function = arrival.inventory.meant(mapping.properties["FunctionName"], mapping.stack, "AWS::Lambda::Function")
    if function is None:
        return
    assumptions, events = arrival.assumptions, arrival.events
    calls = batches(mapping, events)
    seconds = calls * assumptions.activity_batch_seconds + events * assumptions.activity_event_seconds
    yield from call(function, calls, seconds)
    size = calls * assumptions.activity_batch_log_bytes + events * assumptions.activity_event_log_bytes
    yield from written(arrival.inventory, function, calls, size, assumptions)
    yield from custom_metrics(function.owner, ACTIVITY_METRICS, calls)
    for log_type in ATTACKS:
        yield from custom_metrics(function.owner, 1, arrival.volume.events * arrival.volume.mix.shares.get(log_type, 0))
    yield from consumer_memory(arrival.inventory, function.owner, events, assumptions)


def batches(mapping: Resource, events: float) -> float:
    """A batch goes out when its window ends, which begins with its first record, or when it is full."""
    window = float(mapping.properties.get("MaximumBatchingWindowInSeconds", 0))
    a_second = events / HOURS / 3600
    return max(events / (1 + a_second * window), events / float(mapping.properties["BatchSize"]))


def function(arrival: Arrival) -> Uses:
    """The alert: a call for each event, which remembers it and publishes a message."""
    assumptions, events, owner = arrival.assumptions, arrival.events, arrival.resource.owner
    yield from call(arrival.resource, events, events * assumptions.alert_seconds)
    yield from written(arrival.inventory, arrival.resource, events, events * assumptions.alert_log_bytes, assumptions)
    yield from alert_memory(arrival.inventory, owner, events, assumptions)
    topics = [each for each in arrival.inventory.of_type("AWS::SNS::Topic") if each.owner == owner]
    yield Use(owner, "alerts", events * len(topics), "sns_request")
    readers = [each for each in arrival.inventory.of_type("AWS::SNS::Subscription") if each.owner == owner]
    yield Use(owner, "alerts by e-mail", events * len(readers), "sns_email")


def queue(arrival: Arrival) -> Uses:
    """An inbox: the worker that reads it remembers each event, and writes a line."""
    owner, events, assumptions = arrival.resource.owner, arrival.events, arrival.assumptions
    requests = events * arrival.volume.chunks(64) * assumptions.requests_per_message
    yield Use(owner, "messages", requests, "sqs_request")
    yield arrival.key_requests(3)  # who sends asks twice: SQS's own formula
    yield from consumer_memory(arrival.inventory, owner, events, assumptions)
    for group in arrival.inventory.of_type("AWS::Logs::LogGroup"):
        if group.name == f"{arrival.resource.name.removesuffix('InboxQueue')}LogsLogGroup":
            yield from kept(group, events * (assumptions.worker_log_bytes + assumptions.log_event_bytes), assumptions)


def cluster(arrival: Arrival) -> Uses:
    """Each event starts a task, though one drains the inbox of all that wait."""
    yield from tasks(
        arrival.rule, arrival.target, arrival.events, arrival.inventory, arrival.assumptions, what="started tasks"
    )


DELIVERY: Mapping[str, Callable[[Arrival], Uses]] = {
    "AWS::ECS::Cluster": cluster,
    STREAM: stream,
    "AWS::Lambda::Function": function,
    "AWS::Logs::LogGroup": log_group,
    "AWS::SQS::Queue": queue,
}
