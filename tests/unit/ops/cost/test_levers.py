"""Is what lowers a bill named, and does it save what is said?"""

import pytest

from ops.cost.estimate import bill
from ops.cost.inventory import Inventory
from ops.cost.levers import advice, levers_of, saved
from ops.cost.line import total
from tests.unit.ops.cost.templates import A_MILLION_A_MONTH, BASIS, figures, id_of, on_a_bus, target

STREAM = ("Kinesis::Stream", {"ShardCount": 1, "RetentionPeriodHours": 168})
ALARM = ("CloudWatch::Alarm", {"MetricName": "Errors"})
LOG = ("Logs::LogGroup", {"RetentionInDays": 30})


def environment() -> Inventory:
    both = (target("ActivityRouteStream"), target("EventLogEventsLogGroup"))
    return on_a_bus(*both, ActivityRouteStream=STREAM, ActivityErrors=ALARM, EventLogEventsLogGroup=LOG)


def saves(setting: str, events_per_day: float = 0) -> float:
    (lever,) = [each for each in levers_of(environment()) if setting in each.setting]
    return saved(environment(), lever, events_per_day, BASIS)


def test_a_target_that_is_left_out_saves_its_lines_and_no_others() -> None:
    kinesis = sum(usd for line, usd in figures(environment()).items() if line.startswith("kinesis:"))
    assert saves("`-c targets=none`") == pytest.approx(kinesis) == pytest.approx(10.95 + 14.6 + 0.1)
    left = environment().without(lambda each: each.owner == "kinesis")
    assert {line for line in figures(left, A_MILLION_A_MONTH) if line.startswith("kinesis:")} == set()
    assert figures(left, A_MILLION_A_MONTH)["event log: written to logs"] == 0.5


def test_a_shorter_archive_saves_what_is_kept_and_nothing_of_what_comes() -> None:
    kept = figures(environment(), A_MILLION_A_MONTH)["bus: kept in the archive"]
    assert saves("archive_days=7", A_MILLION_A_MONTH) == pytest.approx(kept * (73 - 7) / 73, abs=1e-5)
    assert saves("archive_days=7") == 0


def test_a_stream_that_keeps_its_records_a_day_saves_the_extended_hours() -> None:
    assert saves("`retention_period` of a day") == pytest.approx(14.6)


def test_half_the_events_save_half_of_what_costs_by_the_event() -> None:
    assert saves("half the events", 1e9) == pytest.approx(total(bill(environment(), 1e9, BASIS)) / 2, rel=0.01)


def test_what_is_short_already_is_no_advice() -> None:
    short = environment().changed("AWS::Logs::LogGroup", RetentionInDays=7)
    assert not [lever for lever in levers_of(short) if "log_days" in lever.setting]


def test_each_line_that_is_a_tenth_or_more_gets_the_first_setting_that_lowers_it() -> None:
    found = {each.what: each for each in advice(environment(), 0, BASIS)}
    assert [*found] == ["shards: records kept over a day", "shards"]
    assert found["shards"].setting == "`-c targets=none`"
    assert found["shards"].saved == pytest.approx(25.65)


def test_what_has_several_prices_is_one() -> None:
    start = {"TaskDefinitionArn": {"Ref": id_of("Task")}}
    tasks = on_a_bus(
        target("TaskCluster", EcsParameters=start),
        TaskCluster=("ECS::Cluster", {}),
        Task=("ECS::TaskDefinition", {"Cpu": "256", "Memory": "512"}),
    )
    (first, *_) = advice(tasks, A_MILLION_A_MONTH, BASIS)
    assert first.what == "started tasks"
    assert first.usd == pytest.approx(1e6 / 60 * (0.25 * 0.04048 + 0.5 * 0.004445))


def test_a_line_that_nothing_lowers_says_so() -> None:
    keys = on_a_bus(Key=("KMS::Key", {}))
    (only,) = advice(keys, 0, BASIS)
    assert only.what == "keys"
    assert only.setting is None
    assert only.saved == 0


def test_a_rule_goes_with_its_last_target_and_stays_with_any() -> None:
    both = environment()
    without_stream = both.without(lambda each: each.owner == "kinesis")
    (rule,) = without_stream.of_type("AWS::Events::Rule")
    assert [each["Arn"]["Fn::GetAtt"][0] for each in rule.properties["Targets"]] == [id_of("EventLogEventsLogGroup")]
    assert not without_stream.without(lambda each: each.owner == "event log").of_type("AWS::Events::Rule")
