"""When does EventBridge not get the events of a rule to their targets?"""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.components.question import Question
from stacks.components.watched import ONCE, PERIOD, SUSTAINED, Meaning, Watched, watch


def events_metric(name: str, dimensions: Mapping[str, str], *, period: Duration = PERIOD) -> cloudwatch.Metric:
    """Of a rule on a bus other than the default one under both EventBusName and RuleName, or there is no data.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
    """
    return cloudwatch.Metric(
        namespace="AWS/Events", metric_name=name, dimensions_map=dict(dimensions), statistic="Sum", period=period
    )


def on_bus(bus: Auth0EventBus, rule_name: str) -> dict[str, str]:
    return {"EventBusName": bus.bus_name, "RuleName": rule_name}


def rule_alarms(scope: Construct, bus: Auth0EventBus, rule_name: str) -> list[Watched]:
    """Of a rule that takes Auth0's events: lost from its target and its dead-letter queue, dead letters, failures."""
    name, dimensions = f"{rule_name}On{bus.name}", on_bus(bus, rule_name)
    unkept = Meaning(
        question=Question.DELIVERED,
        section="Unkept",
        says=f"A dead-letter queue of rule {rule_name} on the {bus.name} refused an event: the archive alone has it",
    )
    lettered = Meaning(
        question=Question.DELIVERED,
        section="DeadLettered",
        says=f"Rule {rule_name} on the {bus.name} put events into a dead-letter queue",
        calls=False,
    )
    refused = events_metric("InvocationsFailedToBeSentToDlq", dimensions)
    return [
        watch(scope, f"{name}Unkept", unkept, refused, ONCE),
        watch(scope, f"{name}DeadLettered", lettered, events_metric("InvocationsSentToDlq", dimensions), ONCE),
        failing_alarm(scope, name, f"Rule {rule_name} on the {bus.name}", dimensions),
    ]


def failing_alarm(scope: Construct, name: str, rule: str, dimensions: Mapping[str, str]) -> Watched:
    meaning = Meaning(
        question=Question.DELIVERED, section="Failing", says=f"{rule} gave up on reaching a target", calls=False
    )
    return watch(scope, f"{name}Failing", meaning, events_metric("FailedInvocations", dimensions), ONCE)


def delayed_alarm(scope: Construct, bus: Auth0EventBus) -> Watched:
    """EventBridge throttles all of an account's rules together, and publishes this metric for a bus as a whole."""
    meaning = Meaning(
        question=Question.ROUTED,
        section="Delayed",
        says=f"EventBridge throttles the rules of the {bus.name}: events are late",
    )
    throttled = events_metric("ThrottledRules", {"EventBusName": bus.bus_name})
    return watch(scope, f"{bus.name}Delayed", meaning, throttled, SUSTAINED)
