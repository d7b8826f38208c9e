"""How does an event reach a CloudWatch log group without being lost?"""

import jsii
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk.interfaces import aws_events as interfaces
from constructs import Construct

from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.delivery import MAX_EVENT_AGE, RETRY_ATTEMPTS
from stacks.components.encrypted_log_group import EncryptedLogGroup
from stacks.components.here import arn
from stacks.components.route_rule import RouteRule

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions
DELIVERY = [iam.ServicePrincipal("events.amazonaws.com"), iam.ServicePrincipal("delivery.logs.amazonaws.com")]


class RouteToLogGroup(Construct):
    """A log group as a rule's target: one log event for each event, whole.

    `reason` says of the dead letters why they are there.
    """

    def __init__(self, scope: Construct, id_: str, *, encryption_key: kms.IKey, log_days: int, reason: str) -> None:
        super().__init__(scope, id_)
        self.undelivered = DeadLetterQueue(self, "Undelivered", encryption_key=encryption_key, reason=reason)
        self.log_group = EncryptedLogGroup(self, "Events", encryption_key=encryption_key, log_days=log_days).log_group
        # AWS's documentation gives the condition for writing only: an empty stream is all that this one can make.
        may_create = self._statement("logs:CreateLogStream")
        self._permission = logs.ResourcePolicy(self, "Permission", policy_statements=[may_create])

    def add_to(self, rule: RouteRule) -> None:
        rule.send_to(self.target(rule.by_name))
        rule.wait_for(self._permission, self.undelivered.policy)

    def target(self, rule: events.IRule) -> "LogGroupTarget":
        """For this rule alone, which it lets in."""
        may_write = self._statement("logs:PutLogEvents")
        may_write.add_condition("ArnEquals", {"aws:SourceArn": rule.rule_arn})
        self._permission.document.add_statements(may_write)
        self.undelivered.allow_letters_of(rule)
        return LogGroupTarget(self.log_group, self.undelivered)

    def _statement(self, action: str) -> iam.PolicyStatement:
        return iam.PolicyStatement(principals=DELIVERY, actions=[action], resources=[self.log_group.log_group_arn])


@jsii.implements(events.IRuleTarget)
class LogGroupTarget:
    """aws-cdk's own CloudWatchLogGroup target sets its permission by a custom resource, which installs from npm."""

    def __init__(self, log_group: logs.ILogGroup, undelivered: DeadLetterQueue) -> None:
        self._log_group = log_group
        self._undelivered = undelivered

    def bind(self, rule: interfaces.IRuleRef, id: str | None = None) -> events.RuleTargetConfig:  # noqa: A002, ARG002 - jsii's names
        return events.RuleTargetConfig(
            # without the `:*` of log_group_arn, which EventBridge does not take
            arn=arn("logs", f"log-group:{self._log_group.log_group_name}"),
            dead_letter_config=events.CfnRule.DeadLetterConfigProperty(arn=self._undelivered.queue.queue_arn),
            retry_policy=events.CfnRule.RetryPolicyProperty(
                maximum_event_age_in_seconds=MAX_EVENT_AGE.to_seconds(), maximum_retry_attempts=RETRY_ATTEMPTS
            ),
            target_resource=self._log_group,
        )
