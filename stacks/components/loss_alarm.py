"""When has an event found no place, not even a dead-letter queue?"""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.components.event_function import EventFunction

PERIOD = Duration.minutes(5)


def undeliverable_alarm(scope: Construct, id_: str, bus: Auth0EventBus, rule_name: str) -> cloudwatch.Alarm:
    """A dead-letter queue refused what EventBridge could not deliver: the bus's archive alone has the event.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
    """
    refused = cloudwatch.Metric(
        namespace="AWS/Events",
        metric_name="InvocationsFailedToBeSentToDlq",
        dimensions_map={"EventBusName": bus.bus.event_bus_name, "RuleName": rule_name},
        statistic="Sum",
        period=PERIOD,
    )
    return _alarm(scope, id_, refused, f"A dead-letter queue of {rule_name} refused an event of {bus.node.path}")


def unkept_alarm(scope: Construct, id_: str, function: EventFunction) -> cloudwatch.Alarm:
    """Lambda could not put what the function failed on into its dead-letter queue.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    """
    refused = function.function.metric("DestinationDeliveryFailures", statistic="Sum", period=PERIOD)
    return _alarm(scope, id_, refused, f"The dead-letter queue of {function.node.path} refused what it failed on")


def _alarm(scope: Construct, id_: str, refused: cloudwatch.IMetric, what: str) -> cloudwatch.Alarm:
    """AWS publishes these metrics only when they are not zero: no data is no breach."""
    return cloudwatch.Alarm(
        scope,
        id_,
        alarm_description=f"{what}. See docs/limits.md",
        metric=refused,
        threshold=0,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluation_periods=1,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )
