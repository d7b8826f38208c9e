"""When did the sender run last, and did it send everything?

Each run that ends logs how many events it sent and gave up on, as metrics do.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ops.redrive.screen import age
from ops.status.asking import NotSeen
from ops.status.report import Judgement, Mark, Row, not_seen

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

PART = "sender"
LOOKED_BACK = timedelta(days=1)
LOG_GROUP = ("AWS::Logs::LogGroup", "SenderLogsLogGroup")


def last_run(client: "CloudWatchLogsClient", group: str, now: datetime) -> dict[str, Any] | None:
    """`{"at", "sent", "failed"}` of the last run that ended within LOOKED_BACK."""
    pages = client.get_paginator("filter_log_events").paginate(
        logGroupName=group, startTime=int((now - LOOKED_BACK).timestamp() * 1_000), filterPattern='"EventsSent"'
    )
    runs = [run for page in pages for line in page["events"] if (run := parse(line["timestamp"], line["message"]))]
    return max(runs, key=lambda run: run["at"], default=None)


def parse(timestamp_ms: int, message: str) -> dict[str, Any] | None:
    try:
        said = json.loads(message)
        sent, failed = (int(sum(said[name])) for name in ("EventsSent", "EventsFailed"))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return {"at": datetime.fromtimestamp(timestamp_ms / 1_000, UTC), "sent": sent, "failed": failed}


def judge(run: dict[str, Any] | NotSeen | None, now: datetime) -> Judgement:
    """What it gave up on waits in its queue, which is a finding of its own."""
    if isinstance(run, NotSeen):
        yield from not_seen(PART, {"last run": run})
    elif run is None:
        yield Row(part=PART, name="last run", says="none in the last 24 hours", facts={"at": None})
    else:
        ago = age((now - run["at"]).total_seconds())
        yield Row(
            part=PART,
            name="last run",
            mark=Mark.NOTE if run["failed"] else Mark.WELL,
            says=f"{ago} ago: {run['sent']:,} sent, {run['failed']:,} given up on",
            facts={**run, "at": run["at"].isoformat()},
        )
