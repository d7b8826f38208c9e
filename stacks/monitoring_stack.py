"""What does an operator see, and what calls them?"""

from collections.abc import Sequence
from typing import Any

from aws_cdk import CfnOutput, CrossStackReferences, Duration, ReferenceStrength, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_kms as kms
from constructs import Construct

from stacks.components.alert_topic import AlertTopic
from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.event_function import EventFunction
from stacks.components.inbox_queue import InboxQueue
from stacks.components.loss_alarm import undeliverable_alarm, unkept_alarm
from stacks.components.queue_alarm import dead_letter_alarm, inbox_alarm
from stacks.settings import Settings


class MonitoringStack(Stack):
    """An alarm for every queue where an event can get stuck or is refused, a topic that tells, and a dashboard.

    `watched` are the stacks whose dead-letter and inbox queues and functions are found by themselves: a new component
    is watched without anybody having to remember it.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: Settings,
        encryption_key: kms.IKey,
        buses: Sequence[Auth0EventBus],
        rules: Sequence[tuple[Auth0EventBus, str]],
        watched: Sequence[Stack],
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        # Weak: a queue that goes must not be held back by the alarm that watches it.
        CrossStackReferences.of(self).consume(ReferenceStrength.WEAK)
        alarms_to = AlertTopic(self, "AlarmTopic", alert_email=settings.alert_email, encryption_key=encryption_key)
        alarms_to.allow_alarms()
        self.topic = alarms_to.topic
        found = [construct for stack in watched for construct in stack.node.find_all()]
        letters = [construct for construct in found if isinstance(construct, DeadLetterQueue)]
        inboxes = [construct for construct in found if isinstance(construct, InboxQueue)]
        alarms = [dead_letter_alarm(self, alarm_id(queue), queue) for queue in letters]
        alarms += [inbox_alarm(self, alarm_id(queue), queue) for queue in inboxes]
        alarms += [undeliverable_alarm(self, f"{rule}On{bus.node.id}Unkept", bus, rule) for bus, rule in rules]
        functions = [construct for construct in found if isinstance(construct, EventFunction)]
        alarms += [unkept_alarm(self, f"{alarm_id(function)}Unkept", function) for function in functions]
        for alarm in alarms:
            alarm.add_alarm_action(actions.SnsAction(self.topic))
        self.dashboard = cloudwatch.Dashboard(self, "Dashboard", default_interval=Duration.hours(3))
        self.dashboard.add_widgets(*[routed_events(bus) for bus in buses], activity(settings.metrics_namespace))
        self.dashboard.add_widgets(cloudwatch.AlarmStatusWidget(title="Nothing is lost", alarms=alarms, width=24))
        CfnOutput(self, "AlarmTopicArn", value=self.topic.topic_arn)


def alarm_id(queue: Construct) -> str:
    """The queue's path below its stack, stable and readable: ActivityRouteUndelivered."""
    return "".join(queue.node.path.split("/")[1:])


def routed_events(bus: Auth0EventBus) -> cloudwatch.GraphWidget:
    """EventBridge publishes a rule's metrics for a custom bus under both dimensions only."""
    metrics = f'{{AWS/Events,EventBusName,RuleName}} EventBusName="{bus.bus.event_bus_name}"'
    return cloudwatch.GraphWidget(
        title=f"{bus.node.id}: is it routed, is it delivered?",
        left=[
            cloudwatch.MathExpression(
                expression=f"SEARCH('{metrics} MetricName=\"{name}\"', 'Sum')",
                label=name,
                using_metrics={},
                period=Duration.minutes(5),
            )
            for name in ("MatchedEvents", "FailedInvocations", "InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq")
        ],
        width=12,
    )


def activity(namespace: str) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(
        title="What is happening",
        left=[
            cloudwatch.Metric(
                namespace=namespace,
                metric_name=name,
                dimensions_map={"service": "activity"},
                statistic="Sum",
                period=Duration.minutes(5),
            )
            for name in ("Logins", "FailedLogins", "Signups", "FailedSignups", "Attacks")
        ],
        width=12,
    )
