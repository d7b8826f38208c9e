"""Who is called, and when?"""

import json
import re
from typing import Any

import pytest
from moto.events.models import EventPattern

from stacks.settings import Settings
from tests.infrastructure.assembly import EVENT_SOURCE, Assembly, synthesise
from tests.infrastructure.policies import text
from tests.infrastructure.signals import alarm_id, metrics_of

SILENCE = ("SourceSilent", "ActivityRouteUnread", "InstancesSilent")
BOTH, RULE = {"EventBusName", "RuleName"}, {"RuleName"}
QUEUE, STREAM, FUNCTION = {"QueueName"}, {"StreamName"}, {"FunctionName"}
# AWS publishes each metric in one namespace under these dimensions, and has no data under others.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
# https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
# https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
METRICS: dict[str, tuple[str, list[set[str]], str]] = {
    "Events": ("AWS/Events", [{"EventSourceName"}], "Sum"),
    "ThrottledRules": ("AWS/Events", [{"EventBusName"}], "Sum"),
    "MatchedEvents": ("AWS/Events", [BOTH, RULE], "Sum"),
    "FailedInvocations": ("AWS/Events", [BOTH, RULE], "Sum"),
    "InvocationsSentToDlq": ("AWS/Events", [BOTH], "Sum"),
    "InvocationsFailedToBeSentToDlq": ("AWS/Events", [BOTH], "Sum"),
    "ApproximateNumberOfMessagesVisible": ("AWS/SQS", [QUEUE], "Maximum"),
    "ApproximateAgeOfOldestMessage": ("AWS/SQS", [QUEUE], "Maximum"),
    "NumberOfEmptyReceives": ("AWS/SQS", [QUEUE], "Sum"),
    "NumberOfMessagesReceived": ("AWS/SQS", [QUEUE], "Sum"),
    "Errors": ("AWS/Lambda", [FUNCTION], "Sum"),
    "Throttles": ("AWS/Lambda", [FUNCTION], "Sum"),
    "DestinationDeliveryFailures": ("AWS/Lambda", [FUNCTION], "Sum"),
    "IteratorAge": ("AWS/Lambda", [FUNCTION], "Maximum"),
    "GetRecords.Success": ("AWS/Kinesis", [STREAM], "Sum"),
    "WriteProvisionedThroughputExceeded": ("AWS/Kinesis", [STREAM], "Sum"),
    "NumberOfNotificationsFailed": ("AWS/SNS", [{"TopicName"}], "Sum"),
    "EventsLost": ("Auth0Events/dev", [{"service"}], "Sum"),
}
HOUR, DAY = 3_600, 86_400
# Threshold, periods, of how many; what is above nothing in one period is a breach, but for these.
BREACHES = {
    "Events": (1, 24, 24),
    "Throttles": (0, 3, 3),
    "ThrottledRules": (0, 3, 3),
    "WriteProvisionedThroughputExceeded": (0, 3, 3),
    "GetRecords.Success": (1, 3, 3),
    "IteratorAge": (1_000 * HOUR, 2, 2),
    "MatchedEvents": (0, 1, 36),
    "Events+MatchedEvents": (0, 2, 36),
    "NumberOfEmptyReceives+NumberOfMessagesReceived": (1, 3, 3),
}
LONGEST_ALARM_NAME = 255  # characters, for one whose stack and logical id are as long as they get


def alarms(assembly: Assembly) -> dict[str, dict[str, Any]]:
    return {alarm_id(name): alarm for name, alarm in assembly.properties("AWS::CloudWatch::Alarm").items()}


def composite(assembly: Assembly) -> dict[str, Any]:
    (alarm,) = assembly.properties("AWS::CloudWatch::CompositeAlarm").values()
    return alarm


def children(assembly: Assembly) -> set[str]:
    rule = text(composite(assembly)["AlarmRule"])
    names: list[str] = re.findall(r'ALARM\("\$\{(\w+)\}"\)', rule)
    assert rule == " OR ".join(f'ALARM("${{{name}}}")' for name in names)
    return {name[:-8] for name in names}


def test_there_is_one_topic_for_alarms_and_one_composite_alarm(assembly: Assembly) -> None:
    told = {json.dumps(alarm["AlarmActions"]) for alarm in alarms(assembly).values() if alarm.get("AlarmActions")}
    assert told == {json.dumps(composite(assembly)["OKActions"])}


def test_an_alarm_calls_unless_another_one_does_about_the_same(assembly: Assembly) -> None:
    for name, alarm in alarms(assembly).items():
        assert bool(alarm.get("AlarmActions")) != name.endswith(("Failing", "DeadLettered", "Errors")), name
        assert not alarm.get("OKActions"), name


def test_the_composite_alarm_is_about_exactly_those_that_call_and_tells_the_end_alone(assembly: Assembly) -> None:
    assert children(assembly) == {name for name, alarm in alarms(assembly).items() if alarm.get("AlarmActions")}
    assert not composite(assembly).get("AlarmActions")


def test_the_composite_alarm_fits_into_cloudwatch_even_with_the_longest_names(partner: Assembly) -> None:
    """100 children and 10,240 characters: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html."""
    assert len(children(partner)) <= 100
    longest = f"Auth0Events-{'e' * 21}-Monitoring-{{0}}-{'X' * 14}"
    names = [longest.format(name.split("/")[1]) for name in partner.properties("AWS::CloudWatch::Alarm")]
    assert max(map(len, names)) <= LONGEST_ALARM_NAME
    assert len(" OR ".join(f'ALARM("{name}")' for name in names)) <= 10_240


def test_missing_data_is_a_breach_only_of_what_must_go_on(assembly: Assembly) -> None:
    for name, alarm in alarms(assembly).items():
        assert alarm["TreatMissingData"] == ("breaching" if name.endswith(SILENCE) else "notBreaching"), name
        assert (alarm["ComparisonOperator"] == "LessThanThreshold") == name.endswith(SILENCE), name


def statistic(metric: dict[str, Any]) -> str:
    return str(metric.get("Statistic") or metric["Stat"])


def misread(found: dict[str, dict[str, Any]]) -> list[str]:
    """The alarms on a metric that AWS does not publish so."""
    wrong = []
    for name, alarm in found.items():
        for each in (
            [alarm] if "MetricName" in alarm else [m["MetricStat"] for m in alarm["Metrics"] if "MetricStat" in m]
        ):
            metric = each.get("Metric", each)
            namespace, dimensions, stat = METRICS[metric["MetricName"]]
            named = {dimension["Name"] for dimension in metric["Dimensions"]}
            is_ours = namespace.startswith("Auth0Events/") and metric["Namespace"].startswith("Auth0Events/")
            if (metric["Namespace"] != namespace and not is_ours) or named not in dimensions or statistic(each) != stat:
                wrong.append(name)
    return wrong


def test_every_alarm_reads_a_metric_as_aws_publishes_it(assembly: Assembly) -> None:
    assert misread(alarms(assembly)) == []


@pytest.mark.parametrize(
    "mistake",
    [
        {"Namespace": "AWS/EventBridge"},
        {"Dimensions": [{"Name": "BusName", "Value": "b"}, {"Name": "Rule", "Value": "r"}]},
        {"Statistic": "Minimum"},
    ],
    ids=str,
)
def test_an_alarm_on_a_metric_that_is_not_published_so_would_be_found(
    simulation: Assembly, mistake: dict[str, Any]
) -> None:
    name = "EverythingOnSimulationBusUnkept"
    assert misread({name: alarms(simulation)[name] | mistake}) == [name]


def test_every_alarm_goes_off_when_it_is_meant_to(partner: Assembly) -> None:
    for name, alarm in alarms(partner).items():
        metric = "+".join(sorted(each["MetricName"] for each in metrics_of(alarm)))
        within = alarm["EvaluationPeriods"]
        found = (alarm["Threshold"], alarm.get("DatapointsToAlarm", within), within)
        if metric == "ApproximateAgeOfOldestMessage":
            assert found == (3 * DAY if name.endswith("Expiring") else 2 * HOUR, 1, 1), name
        else:
            assert found == BREACHES.get(metric, (0, 1, 1)), name


def test_an_alarm_on_an_age_goes_off_long_before_what_it_watches_expires(partner: Assembly) -> None:
    """A letter from an inbox keeps its age from there: it has waited up to half of its queue's time already."""
    queues = partner.properties("AWS::SQS::Queue")
    kept = {alarm_id(name).removesuffix("Queue"): queue["MessageRetentionPeriod"] for name, queue in queues.items()}
    ages = {name: alarm for name, alarm in alarms(partner).items() if "Age" in alarm.get("MetricName", "")}
    assert len(ages) > len(kept)
    (stream,) = partner.properties("AWS::Kinesis::Stream").values()
    for name, alarm in ages.items():
        if alarm["MetricName"] == "IteratorAge":
            assert alarm["Threshold"] < stream["RetentionPeriodHours"] * HOUR * 1_000 / 2
        else:
            assert alarm["Threshold"] < kept[name.removesuffix("Expiring")] / 2, name


def value_of(expression: str, **values: float | None) -> float:
    """What CloudWatch's metric math makes of one period; None is no data."""
    words: dict[str, Any] = {
        "FILL": lambda value, other: other if value is None else value,
        "IF": lambda c, a, b: a if c else b,
    }
    python = expression.replace(" AND ", " and ").replace(" OR ", " or ")
    return float(eval(python, {"__builtins__": {}}, words | values))  # noqa: S307 - an expression of our own


def expression_of(assembly: Assembly, name: str) -> str:
    (expression,) = [m["Expression"] for m in alarms(assembly)[name]["Metrics"] if "Expression" in m]
    return str(expression)


@pytest.mark.parametrize(
    ("received", "matched", "breach"), [(5, None, 1), (5, 0, 1), (5, 5, 0), (5, 1, 0), (None, None, 0), (0, None, 0)]
)
def test_events_are_unrouted_if_some_came_and_none_was_taken(
    partner: Assembly, received: float | None, matched: float | None, breach: float
) -> None:
    assert value_of(expression_of(partner, "PartnerBusUnrouted"), received=received, matched=matched) == breach


@pytest.mark.parametrize(("empty", "received", "asked"), [(None, None, 0), (3, None, 3), (None, 2, 2), (3, 2, 5)])
def test_a_worker_asks_whether_it_gets_events_or_not(
    partner: Assembly, empty: float | None, received: float | None, asked: float
) -> None:
    assert value_of(expression_of(partner, "InstancesSilent"), empty=empty, received=received) == asked


def test_no_alarm_looks_back_further_than_cloudwatch_lets_it(assembly: Assembly) -> None:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html."""
    for name, alarm in alarms(assembly).items():
        periods = [alarm["Period"]] if "Period" in alarm else []
        periods += [m["MetricStat"]["Period"] for m in alarm.get("Metrics", []) if "MetricStat" in m]
        assert periods, name
        for period in periods:
            assert period * alarm["EvaluationPeriods"] <= (604_800 if period >= 3600 else 86_400), name


def test_a_silent_source_calls_after_the_hours_of_the_setting(partner: Assembly) -> None:
    alarm = alarms(partner)["SourceSilent"]
    assert (alarm["Period"], alarm["EvaluationPeriods"], alarm["Threshold"]) == (3600, 24, 1)
    assert alarm["Dimensions"] == [{"Name": "EventSourceName", "Value": EVENT_SOURCE}]


@pytest.mark.parametrize("hours", [1, 168])
def test_silent_hours_can_be_chosen(tmp_path: Any, hours: int) -> None:
    lean = Settings(event_source=(EVENT_SOURCE,), simulator=False, targets=frozenset(), silent_hours=hours)
    alarm = alarms(synthesise(lean, tmp_path))["SourceSilent"]
    assert alarm["EvaluationPeriods"] == hours
    said = re.search(r"no event for (\d+ hours?) \(", alarm["AlarmDescription"])
    assert said
    assert said[1] == {1: "1 hour", 168: "168 hours"}[hours]


def test_without_an_event_source_nobody_waits_for_auth0(simulation: Assembly) -> None:
    assert [name for name in alarms(simulation) if "Source" in name or "Partner" in name] == []


def test_a_task_that_ends_badly_is_reported_and_one_that_ends_well_is_not(simulation: Assembly) -> None:
    """Each container alone: EventBridge looks into lists of objects, moto does not."""
    rules = simulation.properties("AWS::Events::Rule").values()
    (pattern,) = [r["EventPattern"] for r in rules if r.get("EventPattern", {}).get("source") == ["aws.ecs"]]
    pattern = json.loads(json.dumps(pattern).replace(json.dumps(pattern["detail"]["clusterArn"]), '["ours"]'))

    def matches(**detail: Any) -> bool:
        event: Any = {"source": "aws.ecs", "detail-type": "ECS Task State Change", "detail": detail}
        return EventPattern.load(json.dumps(pattern)).matches_event(event)

    ended = {"clusterArn": "ours", "lastStatus": "STOPPED", "stopCode": "EssentialContainerExited"}
    assert not matches(**ended, containers={"name": "Worker", "exitCode": 0})
    assert matches(**ended, containers={"name": "Worker", "exitCode": 1})
    assert matches(**{**ended, "stopCode": "TaskFailedToStart"}, containers={"name": "Worker"})
    assert not matches(**{**ended, "clusterArn": "another"}, containers={"name": "Worker", "exitCode": 1})
    assert not matches(**{**ended, "lastStatus": "RUNNING"}, containers={"name": "Worker", "exitCode": 1})
