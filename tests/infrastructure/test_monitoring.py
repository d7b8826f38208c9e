"""Who is called, and when?"""

import json
import re
from typing import Any

import pytest
from aws_cdk import App
from moto.events.models import EventPattern

from app import build
from stacks.routes import ROUTES
from stacks.settings import Settings
from tests.infrastructure.assembly import CHECKOUT, EVENT_SOURCE, Assembly, assemble
from tests.infrastructure.policies import text
from tests.infrastructure.signals import alarm_id, metrics_of

SILENCE = ("SourceSilent", "ActivityRouteUnread", "InstancesSilent")
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


@pytest.mark.parametrize(
    ("row", "shape"),
    [
        ("the default: simulation bus, all four targets", "simulation only"),
        ("with a partner bus beside it", "with an event source"),
        ("a partner bus and the event log alone", "partner bus and event log only"),
    ],
)
def test_the_page_on_costs_counts_the_alarms_of_the_templates(
    assemblies: dict[str, Assembly], row: str, shape: str
) -> None:
    """0.10 for each metric, the first ten of them free or not, and 0.50 for the composite alarm."""
    found = alarms(assemblies[shape]).values()
    metrics = sum(len(list(metrics_of(alarm))) for alarm in found)
    least, most = 0.5 + 0.1 * max(0, metrics - 10), 0.5 + 0.1 * metrics
    costs = (CHECKOUT / "docs" / "costs.md").read_text(encoding="utf-8")
    assert f"| {row} | {len(found)} | {metrics} | {least:.2f} to {most:.2f} |" in costs


def test_missing_data_is_a_breach_only_of_what_must_go_on(assembly: Assembly) -> None:
    for name, alarm in alarms(assembly).items():
        assert alarm["TreatMissingData"] == ("breaching" if name.endswith(SILENCE) else "notBreaching"), name
        assert (alarm["ComparisonOperator"] == "LessThanThreshold") == name.endswith(SILENCE), name


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
    app = App(outdir=str(tmp_path))
    lean = Settings(event_source=(EVENT_SOURCE,), simulator=False, targets=frozenset(), silent_hours=hours)
    build(app, lean, ROUTES)
    alarm = alarms(assemble(app, tmp_path))["SourceSilent"]
    assert alarm["EvaluationPeriods"] == hours
    assert f"no event for {hours} hour" in alarm["AlarmDescription"]


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
