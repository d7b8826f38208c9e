"""What does an operator see, and what calls them?"""

from typing import Any

from aws_cdk import CfnOutput, CrossStackReferences, ReferenceStrength, Stack
from aws_cdk import aws_cloudwatch_actions as actions
from constructs import Construct

from stacks.components.alarm_key import AlarmKey
from stacks.components.alarms import alarms_of
from stacks.components.alert_topic import AlertTopic
from stacks.components.integration_health import IntegrationHealth
from stacks.components.operator_dashboard import OperatorDashboard
from stacks.components.parts import Parts


class MonitoringStack(Stack):
    """An alarm for whatever can go wrong with `parts`, a topic that tells a person once, and a dashboard.

    Who is called when, and why no more often: docs/operations.md.
    """

    def __init__(self, scope: Construct, id_: str, *, parts: Parts, **stack: Any) -> None:
        super().__init__(scope, id_, **stack)
        # Weak: a queue that goes must not be held back by the alarm that watches it. So its name is looked up when this
        # stack is deployed, and no sooner: whoever recreates a queue alone deploys this one with --force.
        CrossStackReferences.of(self).consume(ReferenceStrength.WEAK)
        key = AlarmKey(self, "AlarmEncryption").key
        alarms_to = AlertTopic(self, "AlarmTopic", alert_email=parts.settings.alert_email, encryption_key=key)
        alarms_to.allow_alarms()
        self.topic = alarms_to.topic
        watched = list(alarms_of(self, parts))
        call = actions.SnsAction(self.topic)
        for each in watched:
            if each.meaning.calls:
                each.alarm.add_alarm_action(call)
        health = IntegrationHealth(self, "Integration", watched=watched, topic=self.topic)
        OperatorDashboard(self, "Operator", parts=parts, watched=watched, health=health.alarm)
        CfnOutput(self, "AlarmTopicArn", value=self.topic.topic_arn)
        CfnOutput(self, "UnhealthyAlarmName", value=health.alarm.alarm_name)
