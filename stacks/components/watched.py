"""What does an alarm mean, and how does it say so?"""

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from stacks.components.acknowledgment import acknowledge
from stacks.components.pack import Pack
from stacks.components.question import Question

PAGE = "docs/operations.md"
PERIOD = Duration.minutes(5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """`says` is what is wrong, without a full stop; `section` the heading in PAGE that says what to do.

    `calls`: whether it calls somebody by itself. One that does not is a reason of one that does, and is seen beside it.
    """

    question: Question
    section: str
    says: str
    calls: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Breach:
    """When a metric is a breach: `above` a value, or `below` one, in `periods` of the last `within` (of as many).

    `no_data_is_one` for what must go on happening. Most metrics here are published only when something went wrong, or
    while a queue is in use: no data is no breach.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
    """

    above: float = 0
    below: float | None = None
    periods: int = 1
    within: int | None = None
    no_data_is_one: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """An alarm and its meaning."""

    alarm: cloudwatch.Alarm
    meaning: Meaning = field(repr=False)


ONCE = Breach()
# For what comes and goes by itself: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
SUSTAINED = Breach(periods=3)


def silent(periods: int) -> Breach:
    return Breach(below=1, periods=periods, no_data_is_one=True)


def watch(scope: Construct, id_: str, meaning: Meaning, metric: cloudwatch.IMetric, breach: Breach) -> Watched:
    """`id_` never changes: it is in the alarm's name, and ends in, or is, the name of the alarm's section."""
    is_below = breach.below is not None
    missing = cloudwatch.TreatMissingData
    alarm = cloudwatch.Alarm(
        scope,
        id_,
        alarm_description=described(meaning),
        metric=metric,
        threshold=breach.above if breach.below is None else breach.below,
        comparison_operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        if is_below
        else cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluation_periods=breach.within or breach.periods,
        datapoints_to_alarm=breach.periods if breach.within else None,
        treat_missing_data=missing.BREACHING if breach.no_data_is_one else missing.NOT_BREACHING,
    )
    if not meaning.calls:
        reason = "another alarm calls about the same trouble; this one says where it comes from"
        acknowledge(alarm, "CloudWatchAlarmAction", Pack.NIST, Pack.HIPAA, reason=reason)
    return Watched(alarm=alarm, meaning=meaning)


def described(meaning: Meaning) -> str:
    """What is wrong, and the link to what to do about it, in the form of GitHub's anchors."""
    return f"{meaning.says}. {PAGE}#{meaning.section.lower()}"


_paths: WeakKeyDictionary[Construct, str] = WeakKeyDictionary()  # asked for often, and far away: across the jsii border


def path_of(construct: Construct) -> str:
    """The construct's path below its stack, stable and readable: ActivityRouteUndelivered."""
    if construct not in _paths:
        _paths[construct] = "".join(construct.node.path.split("/")[1:])
    return _paths[construct]
