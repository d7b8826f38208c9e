"""When do events wait on a stream, or before it?"""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from stacks.components.question import Question
from stacks.components.route_to_stream import RouteToStream
from stacks.components.watched import PERIOD, SUSTAINED, Breach, Meaning, Watched, path_of, silent, watch

# Of the 7 days that the stream keeps a record.
LONGEST_BEHIND = Duration.hours(1)
# A quarter of an hour: Lambda asks each shard for records about once a second, whether there are any or not.
# https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
UNREAD_PERIODS = 3


def stream_alarms(scope: Construct, route: RouteToStream) -> list[Watched]:
    """Its consumer is behind, nobody reads it, and it takes no more.

    Two for the reader, because a reader that is gone publishes no age.
    https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
    """
    name = path_of(route)
    hour = f"{LONGEST_BEHIND.to_hours():.0f} hour"
    return [
        watch(
            scope,
            f"{name}Behind",
            Meaning(question=Question.PROCESSED, section="Behind", says=f"The stream of {name} is read {hour} late"),
            route.consumer.metric("IteratorAge", statistic="Maximum", period=PERIOD),
            Breach(above=LONGEST_BEHIND.to_milliseconds(), periods=2),
        ),
        watch(
            scope,
            f"{name}Unread",
            Meaning(question=Question.PROCESSED, section="Unread", says=f"Nobody reads the stream of {name}"),
            stream_metric(route, "GetRecords.Success"),
            silent(UNREAD_PERIODS),
        ),
        watch(
            scope,
            f"{name}Full",
            Meaning(
                question=Question.DELIVERED,
                section="Full",
                says=f"The stream of {name} refuses records: it has too few shards",
            ),
            stream_metric(route, "WriteProvisionedThroughputExceeded"),
            SUSTAINED,
        ),
    ]


def stream_metric(route: RouteToStream, name: str) -> cloudwatch.Metric:
    return route.stream.metric(name, statistic="Sum", period=PERIOD)
