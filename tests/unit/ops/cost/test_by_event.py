"""What do events cost, calculated by hand?"""

from typing import Any

import pytest

from ops.cost.estimate import bill, routes, warnings
from ops.cost.inventory import Inventory
from ops.cost.line import total
from tests.unit.ops.cost.templates import A_MILLION_A_MONTH, BASIS, figures, id_of, on_a_bus, target

GB = 1024**3
BYTES = BASIS.mix.event_bytes
FUNCTION: dict[str, Any] = {"Architectures": ["arm64"], "MemorySize": 512}
KEPT = {"RetentionInDays": 73}  # days: 2.4 months of 730 hours
LOG = ("Logs::LogGroup", KEPT)


def logged(name: str) -> dict[str, Any]:
    return FUNCTION | {"LoggingConfig": {"LogGroup": {"Ref": id_of(name)}}}


def event_log() -> Inventory:
    return on_a_bus(target("EventLogEventsLogGroup"), EventLogEventsLogGroup=LOG)


def alert() -> Inventory:
    return on_a_bus(
        target("AlertFunction"),
        types=["limit_wc"],
        AlertFunction=("Lambda::Function", logged("AlertLogsLogGroup")),
        AlertLogsLogGroup=LOG,
        AlertTopic=("SNS::Topic", {}),
        AlertTopicTold=("SNS::Subscription", {}),
        AlertedLogsTable=("DynamoDB::Table", {}),
    )


def stream(types: list[str] | None = None, **more: Any) -> Inventory:
    return on_a_bus(
        target("ActivityRouteStream"),
        types=types,
        ActivityRouteStream=("Kinesis::Stream", {"ShardCount": 1}),
        ActivityFunction=("Lambda::Function", FUNCTION),
        ActivityReads=(
            "Lambda::EventSourceMapping",
            {
                "EventSourceArn": target("ActivityRouteStream")["Arn"],
                "FunctionName": {"Ref": id_of("ActivityFunction")},
                "BatchSize": 100,
                "MaximumBatchingWindowInSeconds": 1,
            },
        ),
        CountedLogsTable=("DynamoDB::Table", {}),
        **more,
    )


def inbox(**queue: Any) -> Inventory:
    return on_a_bus(
        target("TaskInboxQueue"),
        types=["sdu"],
        TaskInboxQueue=("SQS::Queue", queue),
        TaskProcessedTable=("DynamoDB::Table", {}),
    )


def test_a_million_events_on_the_bus_cost_their_price_and_the_archive_by_its_days() -> None:
    found = figures(event_log(), A_MILLION_A_MONTH)
    gigabytes = 1_000_000 * BYTES / GB
    assert found["bus: events"] == 1.0
    assert found["bus: put into the archive"] == pytest.approx(gigabytes * 0.10, abs=1e-5)
    assert found["bus: kept in the archive"] == pytest.approx(gigabytes * 2.4 * 0.023, abs=1e-5)


def test_an_event_of_65_kb_counts_as_two() -> None:
    large = BASIS.__class__(
        prices=BASIS.prices,
        mix=BASIS.mix.__class__(shares=BASIS.mix.shares, event_bytes=65 * 1024),
        assumptions=BASIS.assumptions,
    )
    (line,) = [each for each in bill(event_log(), A_MILLION_A_MONTH, large) if each.what == "events"]
    assert line.usd == pytest.approx(2.0)


def test_the_event_log_costs_by_the_gb_that_comes_and_the_compressed_gb_that_stays() -> None:
    found = figures(event_log(), A_MILLION_A_MONTH)
    assert found["event log: written to logs"] == 0.5
    assert found["event log: kept in logs"] == pytest.approx(2.4 * 0.15 * 0.03, abs=1e-5)


def test_the_alert_costs_a_call_two_writes_a_message_and_its_mail_for_each_event_that_its_rule_takes() -> None:
    found = figures(alert(), A_MILLION_A_MONTH)  # a tenth of a million
    assert found["lambda: calls of the function"] == 0.02
    gigabyte_seconds = 100_000 * BASIS.assumptions.alert_seconds * FUNCTION["MemorySize"] / 1024
    assert found["lambda: time of the function"] == pytest.approx(gigabyte_seconds * 0.0000133334, abs=1e-5)
    assert found["lambda: writes to the table"] == 0.125
    assert found["lambda: alerts"] == 0.05
    assert found["lambda: alerts by e-mail"] == 2.0
    assert found["lambda: written to logs"] == pytest.approx(100_000 * (402 + 320) / GB * 0.5, abs=1e-5)
    assert found["lambda: kept in the table"] == pytest.approx(100_000 * 400 / GB * 22 / (730 / 24) * 0.25, abs=1e-5)
    assert found["lambda: requests to the key"] == round(8_760 * 0.03 / 10_000, 5)


def test_the_stream_costs_by_payload_units_and_its_reader_by_batches() -> None:
    found = figures(stream(), A_MILLION_A_MONTH)
    calls = 1_000_000 / (1 + 1_000_000 / 730 / 3600)  # less than one event a second: few batches have two
    assert found["kinesis: into the stream"] == 0.014
    assert found["kinesis: calls of the function"] == pytest.approx(calls * 0.2e-6, abs=1e-5)
    assert found["kinesis: looks in the table"] == 0.125
    assert found["kinesis: writes to the table"] == 0.625
    assert found["kinesis: metrics of our own"] == 0.3 * 7  # six, and one of the attack that came
    assert "kinesis: further shards that it takes" not in found


def test_a_full_batch_is_the_least_that_a_reader_is_called_for() -> None:
    found = figures(stream(), 1_000 * A_MILLION_A_MONTH)
    assert found["kinesis: calls of the function"] == pytest.approx(1e9 / 100 * 0.2e-6)


def test_more_than_a_shard_takes_in_the_busiest_hour_takes_further_shards_and_is_said() -> None:
    a_day = 1_000 * 86_400  # on average as many records as a shard takes; 2.2 times as many at the worst
    assert figures(stream(), a_day)["kinesis: further shards that it takes"] == 2 * 10.95
    assert [said for said in warnings(stream(), a_day, BASIS) if "2 more shards than ActivityRouteStream has" in said]
    assert not [*warnings(stream(), a_day / 3, BASIS)]


def test_shards_are_for_the_events_that_come_to_the_stream() -> None:
    some, a_day = stream(["s"]), 1_000 * 86_400  # three quarters of the thousand a second
    assert figures(some, a_day)["kinesis: further shards that it takes"] == 10.95
    assert [said for said in warnings(some, a_day, BASIS) if "need 1 more shards" in said]


@pytest.mark.parametrize("events_per_day", [A_MILLION_A_MONTH, 1_000 * 86_400])
def test_what_two_rules_lead_to_one_target_costs_as_if_one_did(events_per_day: float) -> None:
    pattern = {"detail": {"data": {"type": ["sdu", "limit_wc"]}}}
    rule = {"EventPattern": pattern, "Targets": [target("ActivityRouteStream")]}
    two = stream(["s"], OthersOnSimulationBus=("Events::Rule", rule))
    assert figures(two, events_per_day) == pytest.approx(figures(stream(), events_per_day))
    assert [*warnings(two, events_per_day, BASIS)] == [*warnings(stream(), events_per_day, BASIS)]


def test_a_target_that_has_no_price_is_said() -> None:
    found = on_a_bus(target("AlertTopic"), target("EventLogEventsLogGroup"), AlertTopic=("SNS::Topic", {}))
    assert [*warnings(found, 0, BASIS)] == [
        "2 of the targets of RouteOnSimulationBus are not in the figures: ops/cost knows no such target"
    ]
    assert not [*warnings(event_log(), 0, BASIS)]


def test_an_inbox_costs_three_requests_a_message_and_a_key_by_its_period() -> None:
    found = figures(inbox(), A_MILLION_A_MONTH)  # 150,000 of the million
    assert found["ecs: messages"] == round(150_000 * 3 * 0.4e-6, 5)
    assert found["ecs: requests to the key"] == round((3 + 1) * 8_760 * 0.03 / 10_000, 5)
    longer = figures(inbox(KmsDataKeyReusePeriodSeconds=86_400), A_MILLION_A_MONTH)
    assert longer["ecs: requests to the key"] < found["ecs: requests to the key"]


def test_a_rule_that_takes_no_type_that_comes_costs_nothing() -> None:
    found = on_a_bus(target("AlertFunction"), types=["pwd_leak"], AlertFunction=("Lambda::Function", FUNCTION))
    assert {line.split(":")[0] for line in figures(found, A_MILLION_A_MONTH)} == {"bus"}


@pytest.mark.parametrize("found", [event_log(), alert(), stream(), inbox()], ids=["log", "alert", "stream", "inbox"])
def test_more_events_cost_more(found: Inventory) -> None:
    volumes = [0, 1, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
    usd = [total(bill(found, volume, BASIS)) for volume in volumes]
    assert usd == sorted(usd)
    assert len(set(usd)) == len(volumes)


def test_a_route_is_given_by_the_million_events_that_it_takes() -> None:
    by_owner = {(each.route, each.owner): each for each in routes(alert(), BASIS)}
    assert [*by_owner] == [("every event", "bus"), ("Route", "lambda")]
    assert by_owner["Route", "lambda"].share == 0.1
    bus = figures(alert(), A_MILLION_A_MONTH)
    assert by_owner["every event", "bus"].usd == pytest.approx(
        sum(usd for line, usd in bus.items() if "bus:" in line), abs=1e-4
    )


def test_an_environment_without_a_bus_costs_nothing_by_event() -> None:
    assert figures(Inventory(resources=()), A_MILLION_A_MONTH) == {}
    assert not [*routes(Inventory(resources=()), BASIS)]
