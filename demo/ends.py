"""Which log_ids have come out at the far end of each target?

The far end is what the target's own program logged after it had done its work: never the entrance of a queue.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from stacks.route import Target

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

Reader = Callable[[Mapping[str, Any]], list[str]]


def of_event(line: Mapping[str, Any]) -> list[str]:
    """The event log holds whole events."""
    return [line["detail"]["log_id"]]


def of_alert(line: Mapping[str, Any]) -> list[str]:
    return [line["log_id"]] if line.get("message") == "alert published" else []


def of_batch(line: Mapping[str, Any]) -> list[str]:
    return list(line["log_ids"]) if line.get("message") == "batch counted" else []


def of_worker(line: Mapping[str, Any]) -> list[str]:
    return [line["log_id"]] if line.get("message") == "event processed" else []


# The stack output that names the end's log group, and how a line of it tells its log_ids.
ENDS: dict[Target, tuple[str, Reader]] = {
    Target.STREAM: ("ActivityLogGroupName", of_batch),
    Target.EVENT_LOG: ("EventLogGroupName", of_event),
    Target.ALERT: ("AlertLogGroupName", of_alert),
    Target.TASK: ("TaskLogGroupName", of_worker),
    Target.INSTANCES: ("InstancesLogGroupName", of_worker),
}


def arrivals(logs: "CloudWatchLogsClient", outputs: Mapping[str, str]) -> dict[Target, Counter[str]]:
    """How often each log_id was seen at the end of each deployed target; `outputs` are the stacks' outputs."""
    return {
        target: Counter(log_id for line in lines(logs, outputs[output]) for log_id in read(line))
        for target, (output, read) in ENDS.items()
        if output in outputs
    }


def lines(logs: "CloudWatchLogsClient", log_group: str) -> Iterator[dict[str, Any]]:
    """The log group's JSON lines; runtimes write others between them."""
    for page in logs.get_paginator("filter_log_events").paginate(logGroupName=log_group):
        for event in page["events"]:
            if event["message"].startswith("{"):
                yield json.loads(event["message"])
