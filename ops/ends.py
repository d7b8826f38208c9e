"""Which log_ids have come out at the far end of each target, and when?

The far end is what the target's own program logged after it had done its work: never the entrance of a queue.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from stacks.route import Target

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_logs.type_defs import FilteredLogEventTypeDef

Reader = Callable[[Mapping[str, Any]], list[str]]


class End(NamedTuple):
    """`output`: the stack output that names the end's log group. `read`: the log_ids that a line says are done."""

    output: str
    read: Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """One log_id at an end. Both times are CloudWatch's, in ms since 1970: the line's own, and when it was stored."""

    log_id: str
    at_ms: int
    written_ms: int


def of_event(line: Mapping[str, Any]) -> list[str]:
    """The event log holds whole events."""
    detail = line.get("detail")
    return [detail["log_id"]] if isinstance(detail, dict) and "log_id" in detail else []


def of_alert(line: Mapping[str, Any]) -> list[str]:
    return [line["log_id"]] if line.get("message") == "alert published" else []


def of_batch(line: Mapping[str, Any]) -> list[str]:
    return list(line["log_ids"]) if line.get("message") == "batch counted" else []


def of_worker(line: Mapping[str, Any]) -> list[str]:
    return [line["log_id"]] if line.get("message") == "event processed" else []


ENDS: dict[Target, End] = {
    Target.STREAM: End("ActivityLogGroupName", of_batch),
    Target.EVENT_LOG: End("EventLogGroupName", of_event),
    Target.ALERT: End("AlertLogGroupName", of_alert),
    Target.TASK: End("TaskLogGroupName", of_worker),
    Target.INSTANCES: End("InstancesLogGroupName", of_worker),
}


def arrivals(
    logs: "CloudWatchLogsClient", outputs: Mapping[str, str], *, since_ms: int = 0
) -> dict[Target, Counter[str]]:
    """How often each log_id was seen at the end of each deployed target since then (ms since 1970).

    `outputs` are the stacks' outputs.
    """
    return {
        target: Counter(
            log_id for line in lines(logs, outputs[end.output], startTime=since_ms) for log_id in end.read(line)
        )
        for target, end in ENDS.items()
        if end.output in outputs
    }


def lines(logs: "CloudWatchLogsClient", log_group: str, **which: Any) -> Iterator[dict[str, Any]]:
    """The log group's JSON lines; runtimes write others between them. `which` narrows them as FilterLogEvents does."""
    found = log_events(logs, log_group, **which)
    return (json.loads(event["message"]) for event in found if event["message"].startswith("{"))


def sightings(
    logs: "CloudWatchLogsClient", log_group: str, read: Reader, *, mark: str, since_ms: int
) -> Iterator[Sighting]:
    """Of the log_ids that begin with `mark`, in lines of `since_ms` (since 1970) or later.

    `mark` is of letters, digits and hyphens: in quotes CloudWatch finds it whether it takes a term for a word or for a
    piece of one. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
    """
    for event in log_events(logs, log_group, filterPattern=f'"{mark}"', startTime=since_ms):
        at = event["timestamp"]
        for log_id in read(line_of(event["message"])):
            if log_id.startswith(mark):
                yield Sighting(log_id=log_id, at_ms=at, written_ms=event.get("ingestionTime", at))


def line_of(message: str) -> Mapping[str, Any]:
    """Empty for what is no JSON object: others write into a log group too, and CloudWatch cuts what is too long."""
    try:
        line = json.loads(message)
    except (ValueError, RecursionError):
        return {}
    return line if isinstance(line, dict) else {}


def log_events(logs: "CloudWatchLogsClient", log_group: str, **which: Any) -> Iterator["FilteredLogEventTypeDef"]:
    """Page by page; `which` narrows them as FilterLogEvents does."""
    for page in logs.get_paginator("filter_log_events").paginate(logGroupName=log_group, **which):
        yield from page["events"]
