"""When does a function not do its work?"""

from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from stacks.components.event_function import EventFunction
from stacks.components.question import Question
from stacks.components.watched import ONCE, PERIOD, SUSTAINED, Meaning, Watched, path_of, watch


def function_alarms(scope: Construct, function: EventFunction, question: Question) -> list[Watched]:
    """Lost from its dead-letter queue, out of concurrency for a quarter of an hour, and errors.

    Errors call nobody: Lambda tries again, and what fails in the end is in a queue with an alarm of its own; of a
    synchronous call, the caller has the error.
    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    """
    name = path_of(function)

    def alarm(suffix: str, metric: str, says: str, *, sustained: bool = False, calls: bool = True) -> Watched:
        counted = function.function.metric(metric, statistic="Sum", period=PERIOD)
        meaning = Meaning(question=question, section=suffix, says=says, calls=calls)
        return watch(scope, f"{name}{suffix}", meaning, counted, SUSTAINED if sustained else ONCE)

    return [
        alarm("Unkept", "DestinationDeliveryFailures", f"The dead-letter queue of {name} refused what it failed on"),
        alarm("Throttled", "Throttles", f"Lambda has no concurrency left for {name}: events wait", sustained=True),
        alarm("Errors", "Errors", f"{name} ends with errors", calls=False),
    ]


def lost_alarm(scope: Construct, sender: EventFunction, namespace: str) -> Watched:
    """The undelivered queue refused what the sender gave up on: its log has the log ids, and nobody the events."""
    lost = cloudwatch.Metric(
        namespace=namespace,
        metric_name="EventsLost",
        dimensions_map={"service": "sender"},
        statistic="Sum",
        period=PERIOD,
    )
    name = f"{path_of(sender)}Lost"
    says = "The sender could neither send nor keep events: only whoever asked for them has them"
    return watch(scope, name, Meaning(question=Question.SENT, section=name, says=says), lost, ONCE)
