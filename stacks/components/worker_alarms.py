"""When does a worker not work?"""

from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from stacks.components.question import Question
from stacks.components.route_to_instances import RouteToInstances
from stacks.components.route_to_task import RouteToTask
from stacks.components.rule_alarms import events_metric, failing_alarm
from stacks.components.watched import PERIOD, Breach, Meaning, Watched, path_of, silent, watch

SILENT_PERIODS = 3  # longer than an instance takes to be replaced
# Once in three hours: the hourly sweep starts a task again, so that what makes each of them fail is one call.
FAILED = Breach(periods=1, within=36)


def instances_silent_alarm(scope: Construct, route: RouteToInstances) -> Watched:
    """The worker asks its inbox without end. An empty answer and a full one are two metrics: hence their sum.

    A queue that nobody has asked anything for six hours has no metrics at all.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
    """
    inbox = route.inbox.queue
    name = f"{path_of(route)}Silent"
    meaning = Meaning(question=Question.PROCESSED, section=name, says="No worker on an instance asks for events")
    asked = cloudwatch.MathExpression(
        expression="FILL(empty, 0) + FILL(received, 0)",
        using_metrics={
            "empty": inbox.metric_number_of_empty_receives(period=PERIOD, statistic="Sum"),
            "received": inbox.metric_number_of_messages_received(period=PERIOD, statistic="Sum"),
        },
        label="answers to the worker",
        period=PERIOD,
    )
    return watch(scope, name, meaning, asked, silent(SILENT_PERIODS))


def task_alarms(scope: Construct, route: RouteToTask) -> list[Watched]:
    """A task that failed, and what starts tasks or tells of their failures and cannot.

    Both rules are on the account's default bus, where RuleName is the only dimension.
    """
    failures = route.failures
    name = f"{path_of(route)}Failed"
    meaning = Meaning(
        question=Question.PROCESSED, section=name, says="A task could not start or ended with an error: see why"
    )
    matched = events_metric("MatchedEvents", {"RuleName": failures.rule.resource.ref})
    return [
        watch(scope, name, meaning, matched, FAILED),
        *[
            failing_alarm(scope, path_of(rule), f"Rule {path_of(rule)}", {"RuleName": rule.resource.ref})
            for rule in (route.sweep, failures.rule)
        ],
    ]
