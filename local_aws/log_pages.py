"""How does FilterLogEvents answer when there are more events than one answer holds?

In pages, by time; ministack answers the first 10,000 and says nothing of the rest. Not emulated: `logStreamNames`.
"""

from typing import Any

from ministack.core.responses import json_response
from ministack.services import cloudwatch_logs as logs

from local_aws.seams import ministacks, replaces

MOST = 10_000


@replaces(logs, "_filter_log_events")
def filter_log_events(data: dict[str, Any]) -> Any:
    group = logs._log_groups.get(logs._resolve_log_group_name(data))
    if not group or data.get("logStreamNames"):
        return ministacks(filter_log_events)(data)
    matches = logs._compile_filter_pattern(data.get("filterPattern", ""))
    since, until = data.get("startTime") or 0, data.get("endTime") or float("inf")
    found = [
        event | {"logStreamName": name}
        for name, stream in list(group["streams"].items())
        for event in list(stream["events"])
        if since <= event["timestamp"] <= until and matches(event["message"])
    ]
    found.sort(key=lambda event: (event["timestamp"], event["ingestionTime"]))
    start = int(data.get("nextToken") or 0)
    end = start + min(data.get("limit") or MOST, MOST)
    return json_response({"events": found[start:end], **({"nextToken": str(end)} if end < len(found) else {})})
