"""How does an event reach a CloudWatch log group without being lost?"""

from collections.abc import Mapping

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct, IDependable

from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.delivery import target
from stacks.components.encrypted_log_group import EncryptedLogGroup
from stacks.components.here import arn

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
        # without the `:*` of log_group_arn, which EventBridge does not take
        self.targets = [target(arn("logs", f"log-group:{self.log_group.log_group_name}"), self.undelivered)]

    def let_in(self, rules: Mapping[str, str]) -> list[IDependable]:
        may_write = self._statement("logs:PutLogEvents")
        may_write.add_condition("ArnEquals", {"aws:SourceArn": list(rules.values())})
        self._permission.document.add_statements(may_write)
        return [self._permission, self.undelivered.let_in(rules.values())]

    def _statement(self, action: str) -> iam.PolicyStatement:
        return iam.PolicyStatement(principals=DELIVERY, actions=[action], resources=[self.log_group.log_group_arn])
