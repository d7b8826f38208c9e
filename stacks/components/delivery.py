"""How long does EventBridge try to deliver an event to a target?"""

from typing import TypedDict

from aws_cdk import Duration
from aws_cdk import aws_sqs as sqs

from stacks.components.dead_letter_queue import DeadLetterQueue

# Both are EventBridge's maximum: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
MAX_EVENT_AGE = Duration.hours(24)
RETRY_ATTEMPTS = 185


class DeliveryProps(TypedDict):
    """What every target of aws-cdk takes."""

    dead_letter_queue: sqs.IQueue
    max_event_age: Duration
    retry_attempts: int


def delivery(undelivered: DeadLetterQueue, *, max_event_age: Duration = MAX_EVENT_AGE) -> DeliveryProps:
    """As long as EventBridge can; then the event is kept in `undelivered`."""
    return DeliveryProps(
        dead_letter_queue=undelivered.queue, max_event_age=max_event_age, retry_attempts=RETRY_ATTEMPTS
    )
