"""Is what CloudWatch says of the rules told as it is, and what it does not say as nothing?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ops.environment import Environment
from ops.report.delivery import COUNTED, LATENCIES, Rule, health, period_of
from ops.report.metrics import metric_values, read, rules_of
from ops.window import Window
from tests.emulated.ops.world import World

NOW = datetime(2026, 11, 24, 12, 0, 30, tzinfo=UTC)
HOUR = Window(start=NOW - timedelta(hours=1), end=NOW)
DAY_SECONDS = 86_400


@pytest.fixture
def environment(world: World) -> Environment:
    rules = {"EverythingOnSimulationBus": "bus|Everything", "UserDeletionOnSimulationBus": "UserDeletion"}
    rules |= {"TaskSweep": "sweep", "MineOnAnotherBus": "another|Mine"}
    resources = {("AWS::Events::Rule", path): physical for path, physical in rules.items()}
    return Environment(
        name="dev",
        aws=world.aws,
        resources={**world.environment.resources, **resources},
        outputs={"SimulationBusName": "bus"},
    )


def put(environment: Environment, rule: str, metric: str, value: float, at: datetime) -> None:
    dimensions: Any = [{"Name": "EventBusName", "Value": "bus"}, {"Name": "RuleName", "Value": rule}]
    datum: Any = {"MetricName": metric, "Dimensions": dimensions, "Timestamp": at, "Value": value}
    environment.aws.cloudwatch.put_metric_data(Namespace="AWS/Events", MetricData=[datum])


def test_the_rules_of_our_buses_are_found_and_no_other(environment: Environment) -> None:
    assert [(rule.bus, rule.name, rule.bus_path) for rule in rules_of(environment)] == [
        ("bus", "Everything", "SimulationBus"),
        ("bus", "UserDeletion", "SimulationBus"),
    ]


def test_the_rules_of_a_further_tenants_bus_and_of_one_that_was_there_before_are_found(
    environment: Environment,
) -> None:
    buses = {"PartnerBus": "aws.partner/auth0.com/one", "PartnerBus22222222": "aws.partner/auth0.com/two"}
    rules = {f"EverythingOn{construct}": f"{bus}|Everything" for construct, bus in buses.items()}
    partners = replace(
        environment,
        resources={("AWS::Events::Rule", path): physical for path, physical in rules.items()},
        outputs={f"{construct}Name": bus for construct, bus in buses.items()},
    )
    assert [(rule.bus, rule.name, rule.bus_path) for rule in rules_of(partners)] == [
        ("aws.partner/auth0.com/one", "Everything", "PartnerBus"),
        ("aws.partner/auth0.com/two", "Everything", "PartnerBus22222222"),
    ]


def test_a_metric_is_summed_over_the_window_and_no_further(environment: Environment) -> None:
    for minutes, value in ((200, 1_000), (50, 3), (1, 4)):
        put(environment, "Everything", "MatchedEvents", value, NOW - timedelta(minutes=minutes))
    everything, deletion = read(environment, HOUR, now=NOW).rules
    assert everything.counts["MatchedEvents"] == 7
    assert deletion.counts["MatchedEvents"] is None


def test_where_cloudwatch_has_no_data_there_is_no_zero(environment: Environment) -> None:
    delivery = read(environment, HOUR, now=NOW)
    assert not delivery.is_measured
    assert all(count is None for rule in delivery.rules for count in rule.counts.values())


def test_the_queues_are_counted_now(world: World, environment: Environment) -> None:
    world.put("AlertRouteUndelivered", "one")
    world.put("TaskInbox", "no letter: an inbox")
    delivery = read(environment, HOUR, now=NOW)
    assert delivery.undelivered == 1
    assert [(queue.name, queue.letters) for queue in delivery.filled] == [("AlertRouteUndelivered", 1)]
    assert "TaskInbox" not in {queue.name for queue in delivery.empty}


def test_more_queries_than_one_call_takes_are_all_asked(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ops.report.metrics.MOST_QUERIES", 3)
    put(environment, "UserDeletion", "InvocationsSentToDlq", 2, NOW - timedelta(minutes=5))
    put(environment, "Everything", "MatchedEvents", 5, NOW - timedelta(minutes=5))
    found = metric_values(environment, rules_of(environment), HOUR, 60)
    said = {(rule.name, metric): values for (rule, metric), values in found.items() if values}
    assert said == {("UserDeletion", "InvocationsSentToDlq"): [2.0], ("Everything", "MatchedEvents"): [5.0]}


@pytest.mark.parametrize("spelling", LATENCIES)
def test_the_latency_is_that_of_the_slowest_step(spelling: str) -> None:
    values: Mapping[str, list[float]] = {spelling: [120.4, 980.6, 300.0], "Invocations": [1.0, 2.0]}
    found = health(Rule(bus="b", name="r", bus_path="B"), lambda _, metric: values.get(metric, []))
    assert (found.slowest_ms, found.counts["Invocations"]) == (981, 3)
    assert found.counts.keys() == set(COUNTED)


@pytest.mark.parametrize(
    ("age", "duration", "period"),
    [
        (DAY_SECONDS, DAY_SECONDS, 60), (16 * DAY_SECONDS, 3_600, 300), (64 * DAY_SECONDS, 3_600, 3_600),
        (7 * DAY_SECONDS, 7 * DAY_SECONDS, 3_600), (4 * DAY_SECONDS, 4 * DAY_SECONDS, 300),
    ],
)  # fmt: skip
def test_steps_are_as_short_as_cloudwatch_still_has_them(age: float, duration: float, period: int) -> None:
    assert period_of(age, duration) == period
