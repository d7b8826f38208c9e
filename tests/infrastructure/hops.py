"""Where does an event go on without anybody waiting for it, and which signals would tell that it did not arrive?

Read from the templates alone, not from the constructs that the alarms are made from.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.infrastructure.assembly import Assembly
from tests.infrastructure.signals import Names, Signal, signal

Hops = Iterator[tuple[str, set[Signal]]]
CUSTOM = "Custom::Auth0LogStream"
LETTERS = ("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage")


def hops(assembly: Assembly) -> dict[str, set[Signal]]:
    """What is needed to see each hop fail, by a sentence about the hop."""
    names = Names(assembly)
    return {hop: signals for kind in KINDS for hop, signals in kind(assembly, names)}


def properties(assembly: Assembly, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Logical id and properties; none where an environment does without."""
    yield from ((name.split("/")[1], resource.get("Properties", {})) for name, resource in assembly.resources(kind))


def kept_in(queue: str) -> set[Signal]:
    return {signal(metric, queue) for metric in LETTERS}


def event_sources(assembly: Assembly, names: Names) -> Hops:
    for bus, partner in properties(assembly, "AWS::Events::EventBus"):
        if "EventSourceName" in partner:
            source = names.of(partner["EventSourceName"])
            yield (
                f"Auth0 → {bus}",
                {signal("Events", source), signal("Events+MatchedEvents", source, bus, "Everything")},
            )
        yield f"{bus} → its rules", {signal("ThrottledRules", bus)}


def rule_targets(assembly: Assembly, names: Names) -> Hops:
    for logical_id, rule in properties(assembly, "AWS::Events::Rule"):
        is_ours = "EventBusName" in rule
        name = (rule["Name"], names.of(rule["EventBusName"])) if is_ours else (logical_id,)
        needed = {signal("FailedInvocations", *name)}
        if is_ours:  # of the others' events, nothing is lost: a start carries none, and an end of a task is a report
            needed |= {signal(m, *name) for m in ("InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq")}
        for target in rule["Targets"]:
            letters = kept_in(names.of(target["DeadLetterConfig"]["Arn"]))
            yield f"{logical_id} → {target['Id']}", needed | letters


def tasks(assembly: Assembly, names: Names) -> Hops:
    """What a rule starts, and what becomes of it."""
    rules = dict(properties(assembly, "AWS::Events::Rule"))
    clusters = {names.of(t["Arn"]) for rule in rules.values() for t in rule["Targets"] if "EcsParameters" in t}
    for cluster in clusters:
        reports = {
            name
            for name, rule in rules.items()
            if rule.get("EventPattern", {}).get("detail-type") == ["ECS Task State Change"]
            and cluster in json.dumps(rule["EventPattern"]["detail"]["clusterArn"])
        }
        yield f"a task on {cluster}", {signal("MatchedEvents", report) for report in reports or {"no rule"}}


def inboxes(assembly: Assembly, names: Names) -> Hops:
    for queue, inbox in properties(assembly, "AWS::SQS::Queue"):
        if "RedrivePolicy" in inbox:
            letters = kept_in(names.of(inbox["RedrivePolicy"]["deadLetterTargetArn"]))
            yield f"{queue} → its worker", letters | {signal("ApproximateAgeOfOldestMessage", queue)}


def instances(assembly: Assembly, names: Names) -> Hops:
    """The queue that the program of a launch template polls."""
    for template, launched in properties(assembly, "AWS::EC2::LaunchTemplate"):
        parts = launched["LaunchTemplateData"]["UserData"]["Fn::Base64"]["Fn::Join"][1]
        place = next(at for at, part in enumerate(parts) if str(part).endswith("Environment=QUEUE_URL="))
        queue = names.of(parts[place + 1])
        asked = signal("NumberOfEmptyReceives+NumberOfMessagesReceived", queue)
        yield f"the program of {template} polls {queue}", {asked}


def streams(assembly: Assembly, names: Names) -> Hops:
    for mapping, reader in properties(assembly, "AWS::Lambda::EventSourceMapping"):
        stream, function = names.of(reader["EventSourceArn"]), names.of(reader["FunctionName"])
        letters = kept_in(names.of(reader["DestinationConfig"]["OnFailure"]["Destination"]))
        of_stream = {signal(m, stream) for m in ("GetRecords.Success", "WriteProvisionedThroughputExceeded")}
        yield f"{mapping}: {stream} → {function}", letters | of_stream | {signal("IteratorAge", function)}


def functions(assembly: Assembly, names: Names) -> Hops:
    """Lambda takes an event for a function, and calls it later.

    Of a call that got no answer, CloudFormation tells whoever deploys.
    """
    of_cloudformation = {names.of(each["ServiceToken"]) for _, each in properties(assembly, CUSTOM)}
    for function, made in properties(assembly, "AWS::Lambda::Function"):
        if function in of_cloudformation:
            continue
        own = {signal(metric, function) for metric in ("Errors", "Throttles", "DestinationDeliveryFailures")}
        if queue := made["Environment"]["Variables"].get("UNDELIVERED_QUEUE_URL"):
            own |= kept_in(names.of(queue)) | {signal("EventsLost", "sender")}
        yield f"Lambda → {function}", own
    for config, asynchronous in properties(assembly, "AWS::Lambda::EventInvokeConfig"):
        if names.of(asynchronous.get("FunctionName", "none")) in of_cloudformation:
            continue
        yield config, kept_in(names.of(asynchronous["DestinationConfig"]["OnFailure"]["Destination"]))


def topics(assembly: Assembly, names: Names) -> Hops:
    """All but the topic that alarms call through: nobody could be told of its failure."""
    composites = [alarm for _, alarm in properties(assembly, "AWS::CloudWatch::CompositeAlarm")]
    (alarms_go_to,) = {names.of(action) for alarm in composites for action in alarm["OKActions"]}
    for topic, _ in properties(assembly, "AWS::SNS::Topic"):
        if topic != alarms_go_to:
            yield f"{topic} → its subscribers", {signal("NumberOfNotificationsFailed", topic)}


KINDS: tuple[Callable[[Assembly, Names], Hops], ...] = (
    event_sources,
    rule_targets,
    tasks,
    inboxes,
    instances,
    streams,
    functions,
    topics,
)
# The types of resource that take something on from another.
KNOWN_TYPES = {
    "AWS::Events::EventBus",
    "AWS::Events::Rule",
    "AWS::ECS::TaskDefinition",
    "AWS::SQS::Queue",
    "AWS::EC2::LaunchTemplate",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Kinesis::Stream",
    "AWS::Lambda::Function",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::SNS::Topic",
}
