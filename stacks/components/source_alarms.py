"""When does Auth0 send nothing, and when does nothing take what it sends?"""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.components.question import Question
from stacks.components.rule_alarms import events_metric, on_bus
from stacks.components.watched import PERIOD, Breach, Meaning, Watched, silent, watch
from stacks.event_sources import FIRST_BUS

# Twice in three hours: a tenant may send an event now and then, and one that is counted in the minute after it came
# looks as if nothing had taken it.
UNROUTED = Breach(periods=2, within=36)


def received(bus: Auth0EventBus, *, period: Duration = PERIOD) -> cloudwatch.Metric:
    """How many events EventBridge took from the partner event source of a bus, which has its name."""
    source = bus.event_source_name or bus.bus_name
    return events_metric("Events", {"EventSourceName": source}, period=period)


def silent_alarm(scope: Construct, bus: Auth0EventBus, *, hours: int) -> Watched:
    """No event in each of `hours` (1 to 168: CloudWatch looks back seven days) hours on end."""
    meaning = Meaning(
        question=Question.SENT,
        section="SourceSilent",
        says=f"Auth0 has sent the {bus.name} no event for {hours} hour{'s' * (hours > 1)} (setting silent_hours)",
    )
    # The alarm of the only bus there was has no bus in its name, and never changes it.
    id_ = "SourceSilent" if bus.name == FIRST_BUS else f"{bus.name}SourceSilent"
    return watch(scope, id_, meaning, received(bus, period=Duration.hours(1)), silent(hours))


def unrouted_alarm(scope: Construct, bus: Auth0EventBus, catch_all: str) -> Watched:
    """The rule that takes every event takes none while events come: somebody disabled, changed or deleted it.

    The one failure that leaves no dead letter. By math, so that a silent source does not call twice.
    """
    meaning = Meaning(
        question=Question.ROUTED,
        section="Unrouted",
        says=f"Events come in, and rule {catch_all} on the {bus.name} takes none: the archive alone has them",
    )
    metric = cloudwatch.MathExpression(
        expression="IF(FILL(received, 0) > 0 AND FILL(matched, 0) == 0, 1, 0)",
        using_metrics={
            "received": received(bus),
            "matched": events_metric("MatchedEvents", on_bus(bus, catch_all)),
        },
        label="events that no rule took",
        period=PERIOD,
    )
    return watch(scope, f"{bus.name}Unrouted", meaning, metric, UNROUTED)
