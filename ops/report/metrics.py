"""What does CloudWatch say of an environment's rules?"""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from ops.buses import names
from ops.environment import Environment
from ops.redrive.queues import dead_letter_queues
from ops.report.delivery import COUNTED, LATENCIES, SLOWEST, Delivery, Rule, Waiting, health, period_of
from ops.window import Window

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch.type_defs import MetricDataQueryTypeDef

MOST_QUERIES = (
    500  # of one call: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
)
LATEST = datetime.max.replace(tzinfo=UTC).timestamp() // 1
Values = dict[tuple[Rule, str], list[float]]


def read(environment: Environment, window: Window, *, now: datetime) -> Delivery:
    """Raises OpsError if a dead-letter queue is gone."""
    duration = (window.end - window.start).total_seconds()
    period = period_of((now - window.start).total_seconds(), duration)
    rules = rules_of(environment)
    values = metric_values(environment, rules, window, period)
    return Delivery(
        rules=tuple(health(rule, lambda *key: values.get(key, [])) for rule in rules),
        queues=tuple(
            Waiting(name=queue.name, letters=queue.waiting, held=queue.held)
            for queue in dead_letter_queues(environment, ())
        ),
        period=period,
    )


def rules_of(environment: Environment) -> list[Rule]:
    """Those on its buses, also on one that was there before: a construct's path ends in `On` and its bus's.

    CloudFormation knows a rule of such a bus as `bus|name`, the local AWS by its name alone.
    """
    found = [
        Rule(bus=bus, name=physical.rpartition("|")[2], bus_path=construct)
        for path, physical in environment.of_type("AWS::Events::Rule").items()
        for construct, bus in names(environment).items()
        if path.endswith(f"On{construct}")
    ]
    return sorted(found, key=lambda rule: (rule.bus_path, rule.name))


def metric_values(environment: Environment, rules: Sequence[Rule], window: Window, period: int) -> Values:
    """The steps that hold the window: its first and last minute as a whole."""
    wanted = [(rule, metric) for rule in rules for metric in (*COUNTED, *LATENCIES)]
    pages = environment.aws.cloudwatch.get_paginator("get_metric_data")
    found: Values = {}
    numbered = iter(enumerate(wanted))
    while some := list(islice(numbered, MOST_QUERIES)):
        for page in pages.paginate(
            MetricDataQueries=[query(f"q{number}", rule, metric, period) for number, (rule, metric) in some],
            StartTime=floor(window.start, period),
            EndTime=floor(window.end, -period),
        ):
            for result in page["MetricDataResults"]:
                found.setdefault(wanted[int(result["Id"][1:])], []).extend(result["Values"])
    return found


def query(id_: str, rule: Rule, metric: str, period: int) -> "MetricDataQueryTypeDef":
    """A rule's metrics have both dimensions on a bus that is not the default one."""
    return {
        "Id": id_,
        "MetricStat": {
            "Metric": {
                "Namespace": "AWS/Events",
                "MetricName": metric,
                "Dimensions": [{"Name": "EventBusName", "Value": rule.bus}, {"Name": "RuleName", "Value": rule.name}],
            },
            "Period": period,
            "Stat": SLOWEST if metric in LATENCIES else "Sum",
        },
    }


def floor(moment: datetime, seconds: int) -> datetime:
    """Down to a whole multiple of the seconds since 1970; up to one, if they are negative."""
    return datetime.fromtimestamp(min(moment.timestamp() // seconds * seconds, LATEST), UTC)
