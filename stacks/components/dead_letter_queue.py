"""Where does a message wait that could not be delivered or processed?"""

from collections.abc import Iterable

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs
from constructs import Construct, IDependable

from stacks.components.acknowledgment import acknowledge
from stacks.components.pack import Pack

LONGEST_RETENTION = Duration.days(14)  # SQS's maximum
# SQS's maximum, as EventBridge's: a target that takes less than its dead-letter queue loses nothing (docs/limits.md).
# AWS gives it by default since August 2025; before it was 262,144.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
LARGEST_MESSAGE_BYTES = 1_048_576


class DeadLetterQueue(Construct):
    """An encrypted standard queue that keeps messages as long as SQS can, and is watched by an alarm.

    The key policy for EventBridge comes with EncryptionKey. `reason` ends the alarm's sentence "messages are waiting".
    `is_named_by_queue`: messages come by the redrive policy of another queue.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        encryption_key: kms.IKey,
        reason: str,
        is_named_by_queue: bool = False,
    ) -> None:
        super().__init__(scope, id_)
        self.reason = reason
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption_master_key=encryption_key,
            enforce_ssl=True,
            retention_period=LONGEST_RETENTION,
            max_message_size_bytes=LARGEST_MESSAGE_BYTES,
        )
        if not is_named_by_queue:  # the rule sees no other use of a dead-letter queue
            acknowledge(
                self.queue,
                "SQS3",
                Pack.AWS_SOLUTIONS,
                reason="it is where messages end: EventBridge, Lambda or the sender put them there, not a queue",
            )

    def let_in(self, rules: Iterable[str]) -> IDependable:
        """The rules of these ARNs put into it what no target took. Returns what they have to wait for."""
        return let_in(rules, self.queue)


def let_in(rules: Iterable[str], queue: sqs.Queue) -> IDependable:
    """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions."""
    added = queue.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal("events.amazonaws.com")],
            actions=["sqs:SendMessage"],
            resources=[queue.queue_arn],
            conditions={"ArnEquals": {"aws:SourceArn": list(rules)}},
        )
    )
    return added.policy_dependable
