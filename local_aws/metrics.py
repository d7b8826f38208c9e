"""Which metrics does AWS itself publish, and which are embedded in a function's output?

Emulated: of AWS/Events those of a rule (both dimensions, or RuleName alone on the default bus) and a partner source's
Events; AWS/SQS visible messages and the oldest one's age, also of idle queues; AWS/Kinesis GetRecords.Success of what a
mapping reads; AWS/Lambda Invocations, Errors and DestinationDeliveryFailures. Not emulated: any other, those without
dimensions, delays; a dead letter is as old as the message that it was.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
"""

import json
import time
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import cloudwatch, lambda_svc, sqs

Metric = tuple[str, str, dict[str, str], float, str]  # namespace, name, dimensions, value, unit


def count(metric: Metric, *, is_latest: bool = False) -> None:
    """One point a minute, as on AWS, for equal values or the latest one: points are kept for two weeks."""
    namespace, name, dimensions, value, unit = metric
    bucket, seen = cloudwatch._metric_bucket((namespace, name, cloudwatch._dims_key(dimensions))), 0
    if bucket and bucket[-1]["Timestamp"] // 60 == time.time() // 60 and (is_latest or bucket[-1]["Value"] == value):
        seen = bucket.pop().get("Count", 1)
    cloudwatch.record_metric(namespace, name, value, unit, dimensions)
    bucket[-1]["Count"] = 1 if is_latest else seen + 1


def count_of(rule: dict[str, Any], *names: str) -> None:
    bus = {} if rule["EventBusName"] == "default" else {"EventBusName": rule["EventBusName"]}
    for name in names:
        count(("AWS/Events", name, bus | {"RuleName": rule["Name"]}, 1, "Count"))


def measure() -> None:
    """What queues and streams tell at this moment."""
    for (account, region, _), queue in sqs._queues.all_items():
        with request_scope(account, region):
            sqs._refresh_counts(queue)
            of, now = {"QueueName": queue["name"]}, time.time()
            visible = float(queue["attributes"]["ApproximateNumberOfMessages"])
            age = now - min((message.get("sent_at", now) for message in queue["messages"]), default=now)
            count(("AWS/SQS", "ApproximateNumberOfMessagesVisible", of, visible, "Count"), is_latest=True)
            count(("AWS/SQS", "ApproximateAgeOfOldestMessage", of, age, "Seconds"), is_latest=True)
    for (account, region, _), mapping in lambda_svc._esms.all_items():
        stream = mapping["EventSourceArn"].partition(":stream/")[2]
        if stream and mapping.get("Enabled", True):
            with request_scope(account, region):
                count(("AWS/Kinesis", "GetRecords.Success", {"StreamName": stream}, 1, "Count"), is_latest=True)


def embedded(line: str) -> list[Metric]:
    """What a line in the embedded metric format says; nothing, of any other line.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """
    try:
        said = json.loads(line)
        return [
            (every["Namespace"], each["Name"], {name: str(said[name]) for name in names}, float(value), each["Unit"])
            for every in said["_aws"]["CloudWatchMetrics"]
            for names in every["Dimensions"]
            for each in every["Metrics"]
            for value in (said[each["Name"]] if isinstance(said[each["Name"]], list) else [said[each["Name"]]])
        ]
    except (ValueError, TypeError, LookupError):
        return []
