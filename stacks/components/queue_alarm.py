"""When is a queue's content a reason to call somebody?"""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.inbox_queue import InboxQueue

# Longer than the hourly sweep that drains what a task left behind.
OLDEST_IN_INBOX = Duration.hours(2)


def dead_letter_alarm(scope: Construct, id_: str, letters: DeadLetterQueue) -> cloudwatch.Alarm:
    """In alarm as soon as one message waits. SQS sends no data for an idle queue: that is not a breach."""
    return cloudwatch.Alarm(
        scope,
        id_,
        alarm_description=f"Messages are waiting in {letters.node.path}: {letters.reason}. See docs/operations.md",
        metric=letters.queue.metric_approximate_number_of_messages_visible(
            period=Duration.minutes(1), statistic="Maximum"
        ),
        threshold=0,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluation_periods=1,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )


def inbox_alarm(scope: Construct, id_: str, inbox: InboxQueue) -> cloudwatch.Alarm:
    """In alarm when no worker has taken the oldest event for OLDEST_IN_INBOX."""
    return cloudwatch.Alarm(
        scope,
        id_,
        alarm_description=f"No worker reads {inbox.node.path}. See docs/operations.md",
        metric=inbox.queue.metric_approximate_age_of_oldest_message(period=Duration.minutes(5), statistic="Maximum"),
        threshold=OLDEST_IN_INBOX.to_seconds(),
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluation_periods=1,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )
