"""What do the templates not say, and why is it taken to be so?"""

from dataclasses import dataclass, field, fields
from typing import Any

BECAUSE = "because"


def because(value: float, reason: str) -> Any:
    return field(default=value, metadata={BECAUSE: reason})


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumptions:
    """Each with its reason, which docs/costs.md prints. "Measured" is: in this checkout's Python, not on AWS.

    Times are by `make bench`, with the share of a CPU that the functions' 1,024 MB buy.
    """

    log_event_bytes: float = because(26, "CloudWatch Logs adds them to each log event")
    log_compression: float = because(0.15, "of what comes in, CloudWatch Logs stores so much (AWS's pricing examples)")
    platform_log_bytes: float = because(320, "Lambda's own three lines of each call; not measured")
    alert_log_bytes: float = because(402, "measured: the alert's line")
    alert_seconds: float = because(0.05, "measured: 26 ms with 5 ms for each call to AWS; doubled for its network")
    activity_batch_log_bytes: float = because(945, "measured: metrics and line of a batch, without its log ids")
    activity_event_log_bytes: float = because(59, "measured: a log id in the batch's line")
    activity_batch_seconds: float = because(
        0.04, "measured, on a whole CPU: 18 ms with 5 ms for each call to AWS; doubled for its network"
    )
    activity_event_seconds: float = because(0.00025, "measured: a batch of 500 takes 124 ms, its calls to AWS with it")
    worker_log_bytes: float = because(130, "the worker's line of an event")
    sender_batch: float = because(1000, "`ops send --file` calls the sender with so many logs, --count with 10,000")
    sender_seconds: float = because(0.6, "measured: 59 ms for 100 logs with 5 ms for each call to AWS, in a row")
    sender_log_bytes: float = because(800, "of such a call: its metrics, and Lambda's own lines")
    task_seconds: float = because(60, "Fargate bills a minute at least; image, start and 20 s of waiting take about it")
    requests_per_message: float = because(3, "SQS: put in, received (alone, at worst), deleted")
    poll_seconds: float = because(20, "how long the worker's request waits at an empty queue (WAIT_SECONDS)")
    item_bytes: float = because(200, "an item that remembers a log: its key, its end, and DynamoDB's 100 bytes")
    alert_item_bytes: float = because(400, "the alert's item has its answer too")
    item_days: float = because(29, "REMEMBERED_SECONDS in worker_src/worker.py and REMEMBERED_FOR of the activity")
    alert_item_days: float = because(22, "REMEMBERED_FOR of the alert")
    key_cache_seconds: float = because(300, "how long Kinesis, DynamoDB and (by default) SQS use a data key again")
    peak: float = because(2.2, "the busiest hour to the mean, in the scenario quiet-day; for how many shards it takes")

    @property
    def reasons(self) -> list[tuple[str, float, str]]:
        """(name, value, reason) of each."""
        return [(each.name, getattr(self, each.name), each.metadata[BECAUSE]) for each in fields(self)]
