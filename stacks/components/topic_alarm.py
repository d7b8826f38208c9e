"""When does an alert not reach who subscribed to it?"""

from constructs import Construct

from stacks.components.alert_topic import AlertTopic
from stacks.components.question import Question
from stacks.components.watched import ONCE, PERIOD, Meaning, Watched, path_of, watch


def untold_alarm(scope: Construct, topic: AlertTopic) -> Watched:
    """SNS gave up on a subscriber, and keeps nothing.

    https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
    """
    name = path_of(topic)
    meaning = Meaning(
        question=Question.PROCESSED, section="Untold", says=f"A subscriber of {name} did not get a message"
    )
    failed = topic.topic.metric_number_of_notifications_failed(period=PERIOD, statistic="Sum")
    return watch(scope, f"{name}Untold", meaning, failed, ONCE)
