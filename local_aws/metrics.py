"""Which metrics does AWS itself publish, and which are embedded in a function's output?

Emulated: of AWS/Events those of a rule (both dimensions, or RuleName alone on the default bus) and a partner source's
Events; AWS/SQS visible messages and the oldest one's age, AWS/Kinesis GetRecords.Success of what a mapping reads: each
minute's latest value, also of idle queues. AWS/Lambda is ministack's. Nothing is late, and no metric lacks dimensions.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
"""

import json
import time
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import cloudwatch, lambda_svc, sqs

Data = dict[str, Any]


def count(namespace: str, name: str, dimensions: dict[str, str], value: float = 1, unit: str = "Count") -> None:
    """One point for equal values of a second: points are kept for two weeks, and looked through again and again."""
    bucket = cloudwatch._metric_bucket((namespace, name, cloudwatch._dims_key(dimensions)))
    if bucket and int(bucket[-1]["Timestamp"]) == int(time.time()) and bucket[-1]["Value"] == value:
        bucket[-1]["Count"] = bucket[-1].get("Count", 1) + 1
    else:
        cloudwatch.record_metric(namespace, name, value, unit, dimensions)


def count_of(rule: Data, *names: str) -> None:
    bus = {} if rule["EventBusName"] == "default" else {"EventBusName": rule["EventBusName"]}
    for name in names:
        count("AWS/Events", name, {**bus, "RuleName": rule["Name"]})


def measure() -> None:
    """What queues and streams have to tell at this moment."""
    for (account, region, _), queue in sqs._queues.all_items():
        with request_scope(account, region):
            sqs._refresh_counts(queue)
            visible, now = float(queue["attributes"]["ApproximateNumberOfMessages"]), time.time()
            oldest = now - min((message.get("sent_at", now) for message in queue["messages"]), default=now)
            latest("AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": queue["name"]}, visible, "Count")
            latest("AWS/SQS", "ApproximateAgeOfOldestMessage", {"QueueName": queue["name"]}, oldest, "Seconds")
    for (account, region, _), mapping in lambda_svc._esms.all_items():
        if ":kinesis:" in mapping["EventSourceArn"] and mapping.get("Enabled", True):
            with request_scope(account, region):
                stream = mapping["EventSourceArn"].partition("stream/")[2]
                latest("AWS/Kinesis", "GetRecords.Success", {"StreamName": stream}, 1, "Count")


def latest(namespace: str, name: str, dimensions: dict[str, str], value: float, unit: str) -> None:
    bucket = cloudwatch._metric_bucket((namespace, name, cloudwatch._dims_key(dimensions)))
    if bucket and bucket[-1]["Timestamp"] // 60 == time.time() // 60:
        bucket.pop()
    cloudwatch.record_metric(namespace, name, value, unit, dimensions)


def count_embedded(line: str) -> None:
    for metric in embedded(line):
        count(*metric)


def embedded(line: str) -> list[tuple[str, str, dict[str, str], float, str]]:
    """Namespace, name, dimensions, value, unit; of a line in the embedded metric format, none of any other.

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
