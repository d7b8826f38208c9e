"""What costs without any event?"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from ops.cost.assumptions import Assumptions
from ops.cost.inventory import Inventory, Resource
from ops.cost.line import HOURS, Use
from ops.cost.tasks import tasks

UNITS = {"minute": 60, "hour": 1, "day": 1 / 24}  # of a rate expression, in runs an hour
FREE_HOURS = 24  # of a stream's retention
Uses = Iterator[Use]


def key(resource: Resource, _inventory: Inventory, _assumptions: Assumptions) -> Uses:
    yield Use(resource.owner, "keys", 1, "key")


def alarm(resource: Resource, _inventory: Inventory, _assumptions: Assumptions) -> Uses:
    """One that calculates costs as much as one for each metric that goes into it."""
    queries = resource.properties.get("Metrics")
    metrics = 1 if queries is None else sum("MetricStat" in query for query in queries)
    yield Use(resource.owner, "alarms", metrics, "alarm_metric")


def composite_alarm(resource: Resource, _inventory: Inventory, _assumptions: Assumptions) -> Uses:
    yield Use(resource.owner, "composite alarm", 1, "composite_alarm")


def dashboard(resource: Resource, _inventory: Inventory, _assumptions: Assumptions) -> Uses:
    yield Use(resource.owner, "dashboard", 1, "dashboard")


def secret(resource: Resource, _inventory: Inventory, _assumptions: Assumptions) -> Uses:
    """Somebody made it by hand; the log stream is what needs it."""
    yield Use(resource.owner, "secret of the Auth0 application", 1, "secret")


def stream(resource: Resource, _inventory: Inventory, _assumptions: Assumptions) -> Uses:
    """By the hour of each shard, twice where records stay longer than a day. On demand: by the hour, and by event."""
    if is_on_demand(resource):
        yield Use(resource.owner, "stream", HOURS, "stream_hour")
        return
    yield from shards(resource, int(resource.properties["ShardCount"]), "shards")


def shards(stream: Resource, number: int, what: str) -> Uses:
    yield Use(stream.owner, what, HOURS * number, "shard_hour")
    if int(stream.properties.get("RetentionPeriodHours", FREE_HOURS)) > FREE_HOURS:
        yield Use(stream.owner, f"{what}: records kept over a day", HOURS * number, "shard_hour_extended")


def is_on_demand(stream: Resource) -> bool:
    return bool(stream.properties.get("StreamModeDetails", {}).get("StreamMode") == "ON_DEMAND")


def instances(group: Resource, inventory: Inventory, assumptions: Assumptions) -> Uses:
    """And that each of them asks its queue for messages, day and night."""
    hours = HOURS * int(group.properties["MinSize"])
    template = inventory.meant(group.properties["LaunchTemplate"], group.stack, "AWS::EC2::LaunchTemplate")
    data: dict[str, Any] = dict(template.properties["LaunchTemplateData"]) if template else {}
    kind = data["InstanceType"].replace(".", "_")
    yield Use(group.owner, "instances", hours, f"ec2_{kind}_hour")
    for volume in data.get("BlockDeviceMappings", ()):
        size = int(volume["Ebs"]["VolumeSize"])
        yield Use(group.owner, "volumes", size * hours / HOURS, f"{volume['Ebs']['VolumeType']}_gb_month")
    if any(interface.get("AssociatePublicIpAddress") for interface in data.get("NetworkInterfaces", ())):
        yield Use(group.owner, "public addresses", hours, "public_ipv4_hour")
    yield Use(group.owner, "requests at an empty queue", hours * 3600 / assumptions.poll_seconds, "sqs_request")


def schedule(rule: Resource, inventory: Inventory, assumptions: Assumptions) -> Uses:
    """The tasks that a rule starts by the clock; the rule itself is free."""
    found = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", rule.properties.get("ScheduleExpression", ""))
    if found:
        runs = HOURS * UNITS[found[2]] / int(found[1])
        for target in rule.properties["Targets"]:
            yield from tasks(rule, target, runs, inventory, assumptions, what="tasks by the clock")


AT_REST: dict[str, Callable[[Resource, Inventory, Assumptions], Uses]] = {
    "AWS::AutoScaling::AutoScalingGroup": instances,
    "AWS::CloudWatch::Alarm": alarm,
    "AWS::CloudWatch::CompositeAlarm": composite_alarm,
    "AWS::CloudWatch::Dashboard": dashboard,
    "AWS::Events::Rule": schedule,
    "AWS::KMS::Key": key,
    "AWS::Kinesis::Stream": stream,
    "Custom::Auth0LogStream": secret,
}


def at_rest(inventory: Inventory, assumptions: Assumptions) -> Uses:
    for resource in inventory.resources:
        if resource.type in AT_REST:
            yield from AT_REST[resource.type](resource, inventory, assumptions)
