"""Which key encrypts the environment's data, and which AWS services may use it?"""

from aws_cdk import Aws, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct


class EncryptionKey(Construct):
    """One customer-managed key for queues, topics, stream, table and log groups.

    Its policy names each service that uses the key on its own behalf, once, for this account alone. The grants of
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
        # Targets and dead-letter queues of rules; alarms to the encrypted topic:
        # https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
        self._allow_service("events.amazonaws.com", "kms:Decrypt", "kms:GenerateDataKey")
        self._allow_service("cloudwatch.amazonaws.com", "kms:Decrypt", "kms:GenerateDataKey*")
        self._allow_log_groups()

    def _allow_service(self, service: str, *actions: str) -> None:
        self.key.add_to_resource_policy(
            iam.PolicyStatement(
                sid=service.split(".")[0].capitalize(),
                principals=[iam.ServicePrincipal(service)],
                actions=list(actions),
                resources=["*"],  # in a key policy: this key
                conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
            )
        )

    def _allow_log_groups(self) -> None:
        """https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html."""
        log_groups = f"arn:{Aws.PARTITION}:logs:{Aws.REGION}:{Aws.ACCOUNT_ID}:log-group:*"
        self.key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="Logs",
                principals=[iam.ServicePrincipal(f"logs.{Aws.REGION}.amazonaws.com")],
                actions=["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
                resources=["*"],
                conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
            )
        )
