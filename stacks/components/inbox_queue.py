"""Where do events wait for a worker, and where do those go that no worker can process?"""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs
from constructs import Construct, IDependable

from stacks.components.dead_letter_queue import LARGEST_MESSAGE_BYTES, DeadLetterQueue, let_in
from stacks.components.delivery import target

MOST_RECEIVES = 5
VISIBILITY_TIMEOUT = Duration.minutes(2)  # many times what the worker needs for a batch of ten messages


class InboxQueue(Construct):
    """A queue of whole events. After MOST_RECEIVES failed tries SQS moves a message to `unprocessed`."""

    def __init__(self, scope: Construct, id_: str, *, encryption_key: kms.IKey) -> None:
        super().__init__(scope, id_)
        self.unprocessed = DeadLetterQueue(
            self,
            "Unprocessed",
            encryption_key=encryption_key,
            reason="the worker could not process them",
            is_named_by_queue=True,
        )
        self.undelivered = DeadLetterQueue(
            self, "Undelivered", encryption_key=encryption_key, reason="EventBridge could not put them into the inbox"
        )
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption_master_key=encryption_key,
            enforce_ssl=True,
            # Half of the dead-letter queue's, which counts from the first day in the inbox.
            retention_period=Duration.days(7),
            visibility_timeout=VISIBILITY_TIMEOUT,
            max_message_size_bytes=LARGEST_MESSAGE_BYTES,
            receive_message_wait_time=Duration.seconds(20),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.unprocessed.queue, max_receive_count=MOST_RECEIVES),
        )

        self.targets = [target(self.queue.queue_arn, self.undelivered)]

    def let_in(self, rules: Mapping[str, str]) -> list[IDependable]:
        return [let_in(rules.values(), self.queue), self.undelivered.let_in(rules.values())]
