"""Which state is an alarm in?

Emulated: one metric with its dimensions over periods that end now, looked at each second; composite alarms follow. Not
emulated: metric math (such an alarm stays INSUFFICIENT_DATA), anomaly detection, the points before the periods that
AWS takes for missing ones.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

import operator
import time
from collections.abc import Sequence
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import cloudwatch
from ministack.services.cloudformation import provisioners

from local_aws.delivery import accepted, soon
from local_aws.metrics import measure
from local_aws.seams import ministacks, replaces

TICK_SECONDS = 1.0
BREACHES = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
Data = dict[str, Any]


def state_of(alarm: Data, values: Sequence[float | None]) -> str:
    """`values`: the statistic of each period, the latest first; None without data."""
    missing, breaches = alarm.get("TreatMissingData") or "missing", BREACHES[alarm["ComparisonOperator"]]
    enough = int(alarm.get("DatapointsToAlarm") or len(values))
    marks = {
        age: breaches(value, float(alarm["Threshold"])) for age, value in enumerate(values, 1) if value is not None
    }
    gaps = len(values) - len(marks) if missing == "breaching" else 0
    if sum(marks.values()) + gaps >= enough:
        return "ALARM"
    if missing == "ignore" and all(marks.values()):
        return str(alarm["StateValue"])
    if missing == "missing" and all(marks.values()) and max(marks, default=enough) >= enough:
        return "ALARM" if marks else "INSUFFICIENT_DATA"
    return "OK"


def values_of(alarm: Data, now: float) -> list[float | None]:
    dimensions = {each["Name"]: each["Value"] for each in alarm.get("Dimensions") or []}
    points = cloudwatch._metrics.get((alarm["Namespace"], alarm["MetricName"], cloudwatch._dims_key(dimensions))) or []
    statistic, period = alarm.get("ExtendedStatistic") or alarm["Statistic"], int(alarm["Period"])
    ends = [now - number * period for number in range(int(alarm["EvaluationPeriods"]))]
    periods = [[point for point in points if end - period < point["Timestamp"] <= end] for end in ends]
    return [cloudwatch._stat_value(cloudwatch._calc_stats(p), statistic, p) if p else None for p in periods]


@replaces(cloudwatch, "_evaluate_alarm")
def evaluate(alarm: Data) -> None:
    if not alarm["MetricName"] or alarm["ComparisonOperator"] not in BREACHES:
        return
    now, old = time.time(), alarm["StateValue"]
    values = values_of(alarm, now)
    new, reason = state_of(alarm, values), f"{alarm['MetricName']}: {values}, threshold {alarm['Threshold']}"
    if old != new:
        alarm.update(StateValue=new, StateReason=reason, StateUpdatedTimestamp=now, StateTransitionedTimestamp=now)
        cloudwatch._record_history(alarm["AlarmName"], old, new, reason)
        cloudwatch._dispatch_alarm_actions(alarm, old, new, reason)
        cloudwatch._evaluate_parent_alarms(alarm)


def tick() -> None:
    """Now, and again for ever."""
    soon(tick, after=TICK_SECONDS)
    measure()
    for (account, region, _), alarm in cloudwatch._alarms.all_items():
        with request_scope(account, region):
            evaluate(alarm)


@replaces(provisioners, "_cw_metric_alarm_record")
def alarm_record(name: str, props: Data) -> Any:
    """ministack refuses metric math."""
    if not (math := props.get("Metrics")):
        return ministacks(alarm_record)(name, props)
    record = ministacks(alarm_record)(name, {**props, "Metrics": None, "MetricName": "math", "Namespace": "none"})
    said = {"Metrics": math, "StateReason": "the local AWS evaluates no metric math"}
    return record | dict.fromkeys(("MetricName", "Namespace", "Statistic", "Period")) | said


def composite_alarm(logical_id: str, properties: Data, stack: str) -> tuple[str, Data]:
    name = properties.get("AlarmName") or provisioners._physical_name(stack, logical_id, max_len=255)
    accepted(cloudwatch._put_composite_alarm({}, {**properties, "AlarmName": name}, is_cbor=False, is_json=True))
    return name, {"Arn": cloudwatch._composite_alarms[name]["AlarmArn"]}


provisioners._RESOURCE_HANDLERS["AWS::CloudWatch::CompositeAlarm"] = {
    "create": composite_alarm,
    "delete": lambda id_, _properties: cloudwatch._composite_alarms.pop(id_, None),
}
