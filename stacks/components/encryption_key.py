"""Which key encrypts the environment's data, and which AWS services may use it?"""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from stacks.components.here import ACCOUNT_ID, REGION, arn


class EncryptionKey(Construct):
    """One customer-managed key for queues, topics, stream, tables and log groups.

    Its policy names each service that uses the key on its own behalf, once. The grants of
    the L2 constructs are about roles; aws-cdk adds none for EventBridge's dead-letter queues (aws-cdk#33169).
    """

    def __init__(self, scope: Construct, id_: str, *, removal_policy: RemovalPolicy) -> None:
        super().__init__(scope, id_)
        self.key = kms.Key(
            self,
            "Key",
            description="Queues, topics, stream, table and log groups of the Auth0 events integration",
            enable_key_rotation=True,
            removal_policy=removal_policy,
        )
        self._allow_rules()
        self._allow_log_groups()

    def _allow_rules(self) -> None:
        """Inboxes and dead-letter queues of this account's rules; why the condition holds: docs/adr/0004.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html#targets-specifics
        """
        self.key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="Rules",
                principals=[iam.ServicePrincipal("events.amazonaws.com")],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],  # in a key policy: this key
                conditions={"StringEquals": {"aws:SourceAccount": ACCOUNT_ID}},
            )
        )

    def _allow_log_groups(self) -> None:
        """https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html."""
        log_groups = arn("logs", "log-group:*")
        self.key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="Logs",
                principals=[iam.ServicePrincipal(f"logs.{REGION}.amazonaws.com")],
                actions=["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
                resources=["*"],
                conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
            )
        )
