"""When is a queue's content a reason to call somebody?"""

from datetime import timedelta

from aws_cdk import Duration
from constructs import Construct

from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.inbox_queue import InboxQueue
from stacks.components.question import Question
from stacks.components.watched import ONCE, PERIOD, Breach, Meaning, Watched, path_of, watch

# Longer than the hourly sweep that drains what a task left behind.
OLDEST_IN_INBOX = timedelta(hours=2)
# A letter from an inbox can have spent 7 of its 14 days there, and the metric counts from the day it became a letter.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
OLDEST_LETTER = timedelta(days=3)
MINUTE = Duration.minutes(1)


def dead_letter_alarms(scope: Construct, letters: DeadLetterQueue, question: Question) -> list[Watched]:
    """One as soon as a message waits, and a reminder long before it expires."""
    name = path_of(letters)
    waiting = Meaning(question=question, section=name, says=f"Messages are waiting in {name}: {letters.reason}")
    forgotten = Meaning(
        question=question,
        section="Expiring",
        says=f"A message has been waiting in {name} for {OLDEST_LETTER.days} days, and will expire",
    )
    depth = letters.queue.metric_approximate_number_of_messages_visible(period=MINUTE, statistic="Maximum")
    age = letters.queue.metric_approximate_age_of_oldest_message(period=PERIOD, statistic="Maximum")
    return [
        watch(scope, name, waiting, depth, ONCE),
        watch(scope, f"{name}Expiring", forgotten, age, Breach(above=OLDEST_LETTER.total_seconds())),
    ]


def inbox_alarm(scope: Construct, inbox: InboxQueue) -> Watched:
    """In alarm when no worker has taken the oldest event for OLDEST_IN_INBOX."""
    name = path_of(inbox)
    meaning = Meaning(
        question=Question.PROCESSED,
        section=name,
        says=f"No worker has taken the oldest event of {name} for {OLDEST_IN_INBOX // timedelta(hours=1)} hours",
    )
    age = inbox.queue.metric_approximate_age_of_oldest_message(period=PERIOD, statistic="Maximum")
    return watch(scope, name, meaning, age, Breach(above=OLDEST_IN_INBOX.total_seconds()))
