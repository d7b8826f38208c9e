"""When did each bus see an event last?

The rule Everything matches each event of its bus; EventBridge counts that by the minute.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient

RULE = "Everything"
# How long CloudWatch keeps which precision, in seconds; the near one first, because it has the least to tell.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#metrics-retention
WINDOWS = ((timedelta(hours=3), 60), (timedelta(days=15), 300), (timedelta(days=63), 3_600))
LONGEST_DAYS = WINDOWS[-1][0].days


def last_events(client: "CloudWatchClient", buses: Mapping[str, str], now: datetime) -> dict[str, datetime | None]:
    """By the construct that `buses` names each of its buses by; None: no event in LONGEST_DAYS.

    The start of the minute, of five minutes or of the hour that had it: the further back, the less precise.
    """
    last: dict[str, datetime | None] = dict.fromkeys(buses)
    for window, period in WINDOWS:
        missing = [name for name, moment in last.items() if moment is None]
        if not missing:
            break
        answer = client.get_metric_data(
            MetricDataQueries=[query(number, buses[name], period) for number, name in enumerate(missing)],
            StartTime=now - window,
            EndTime=now + timedelta(minutes=1),
            ScanBy="TimestampDescending",  # so that the first page has the last event
        )
        for result in answer["MetricDataResults"]:
            name = missing[int(result["Id"].removeprefix("bus"))]
            seen = [moment for moment, count in zip(result["Timestamps"], result["Values"], strict=True) if count > 0]
            last[name] = max(seen, default=last[name])
    return last


def query(number: int, bus: str, period: int) -> Any:
    dimensions = [{"Name": "EventBusName", "Value": bus}, {"Name": "RuleName", "Value": RULE}]
    metric = {"Namespace": "AWS/Events", "MetricName": "MatchedEvents", "Dimensions": dimensions}
    return {"Id": f"bus{number}", "MetricStat": {"Metric": metric, "Period": period, "Stat": "Sum"}}
