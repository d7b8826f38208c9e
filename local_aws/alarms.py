"""Which state is an alarm in?

Emulated: one metric with its dimensions, over periods that end now; of AWS/SQS, the visible messages and the age of the
oldest. A metric-math alarm is stored and stays INSUFFICIENT_DATA; metric filters and embedded metrics are not read.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
"""

import operator
import time
from collections.abc import Sequence
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import cloudwatch, sqs
from ministack.services.cloudformation import provisioners

from local_aws.messages import soon
from local_aws.seams import ministacks, replaces

TICK_SECONDS = 1.0
NOT_EVALUATED = "LocalAws/NotEvaluated"
BREACHES = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
Record = dict[str, Any]


def state_of(alarm: Record, values: Sequence[float | None]) -> str:
    """`values`: the statistic of each evaluated period, None without data."""
    missing = alarm.get("TreatMissingData") or "missing"
    if missing in ("missing", "ignore") and all(value is None for value in values):
        return str(alarm["StateValue"]) if missing == "ignore" else "INSUFFICIENT_DATA"
    breaches, threshold = BREACHES[alarm["ComparisonOperator"]], float(alarm["Threshold"])
    marks = [missing == "breaching" if value is None else bool(breaches(value, threshold)) for value in values]
    return "ALARM" if sum(marks) >= int(alarm.get("DatapointsToAlarm") or len(marks)) else "OK"


def values_of(alarm: Record, now: float) -> list[float | None]:
    dimensions = {each["Name"]: each["Value"] for each in alarm.get("Dimensions") or []}
    metrics = [p for key, p in cloudwatch._metrics.items() if key[:2] == (alarm["Namespace"], alarm["MetricName"])]
    points = [point for each in metrics for point in list(each) if point["Dimensions"] == dimensions]
    statistic, period = alarm.get("ExtendedStatistic") or alarm["Statistic"], int(alarm["Period"])
    ends = [now - number * period for number in range(int(alarm["EvaluationPeriods"]))]
    periods = [[point for point in points if end - period < point["Timestamp"] <= end] for end in ends]
    return [cloudwatch._stat_value(cloudwatch._calc_stats(p), statistic, p) if p else None for p in periods]


@replaces(cloudwatch, "_evaluate_alarm")
def evaluate(alarm: Record) -> None:
    if alarm["Namespace"] == NOT_EVALUATED:
        return
    values, old = values_of(alarm, time.time()), alarm["StateValue"]
    new, reason = state_of(alarm, values), f"{alarm['MetricName']}: {values}, threshold {alarm['Threshold']}"
    if old != new:
        alarm.update(StateValue=new, StateReason=reason, StateUpdatedTimestamp=int(time.time()))
        cloudwatch._record_history(alarm["AlarmName"], old, new, reason)
        cloudwatch._dispatch_alarm_actions(alarm, old, new, reason)
        cloudwatch._evaluate_parent_alarms(alarm)


@replaces(provisioners, "_cw_metric_alarm_record")
def alarm_record(name: str, props: Record) -> Any:
    single = {"Metrics": None, "MetricName": "expression", "Namespace": NOT_EVALUATED}
    return ministacks(alarm_record)(name, props | single if props.get("Metrics") else props)


def tick() -> None:
    """Now, and again for ever."""
    soon(tick, after=TICK_SECONDS)
    now = time.time()
    for (account, region, _), queue in sqs._queues.all_items():
        with request_scope(account, region):
            name, messages = {"QueueName": queue["name"]}, queue["messages"]
            visible, oldest = (
                sum(m["visible_at"] <= now for m in messages),
                min((m["sent_at"] for m in messages), default=now),
            )
            cloudwatch.record_metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", visible, "Count", name)
            cloudwatch.record_metric("AWS/SQS", "ApproximateAgeOfOldestMessage", now - oldest, "Seconds", name)
    for (account, region, _), alarm in cloudwatch._alarms.all_items():
        with request_scope(account, region):
            evaluate(alarm)
