"""Where does a message wait that could not be delivered or processed?"""

from aws_cdk import Duration
from aws_cdk import aws_events as events
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

    @property
    def policy(self) -> IDependable:
        return policy_of(self.queue)

    def allow_letters_of(self, rule: events.IRule) -> None:
        """For targets whose aws-cdk class leaves the queue policy out: EventBridge would drop the undeliverable."""
        allow_rule(rule, self.queue)


def policy_of(queue: sqs.Queue) -> IDependable:
    """What lets somebody put messages into it. It is there from the start: `enforce_ssl` makes it."""
    return queue.node.find_child("Policy")


def allow_rule(rule: events.IRule, queue: sqs.Queue) -> None:
    """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions."""
    queue.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal("events.amazonaws.com")],
            actions=["sqs:SendMessage"],
            resources=[queue.queue_arn],
            conditions={"ArnEquals": {"aws:SourceArn": rule.rule_arn}},
        )
    )
