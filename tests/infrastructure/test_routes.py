import json
from pathlib import Path
from typing import Any, cast

import pytest
from moto.events.models import EventPattern

from lambda_src.auth0_events.log_types import LOG_TYPES
from stacks.routes import ROUTES
from tests.infrastructure.assembly import Assembly

EVENTS = Path(__file__).resolve().parents[1] / "events"
# Event file -> the routes that its event must take, on the bus of its source. An event of the wrong shape takes none.
EXPECTED = {
    "failed_login.json": {"Everything"},
    "signup_with_leaked_password.json": {"Everything", "AttackProtection"},
    "blocked_account.json": {"Everything", "AttackProtection"},
    "deleted_user.json": {"Everything", "UserDeletion"},
    "management_api_change.json": {"Everything", "TenantChanges"},
    "management_api_read.json": {"Everything"},
    "unknown_log_type.json": {"Everything"},
    "without_data.json": {"Everything"},
    "type_one_level_too_high.json": {"Everything"},
    "other_detail_type.json": set(),
    "other_partner.json": set(),
    "aws_service.json": set(),
}


def event(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((EVENTS / name).read_text())
    return loaded


def on_a_bus_of_ours(rule: dict[str, Any]) -> bool:
    """Not the sweep nor the failures of tasks, which are on the account's default bus."""
    return "EventBusName" in rule


def matching(assembly: Assembly, of_event: dict[str, Any]) -> set[str]:
    """The rules (logical ids without their hash) whose synthesised pattern matches."""
    return {
        name.split("/")[1][:-8]
        for name, rule in assembly.properties("AWS::Events::Rule").items()
        if on_a_bus_of_ours(rule)
        and EventPattern.load(json.dumps(rule["EventPattern"])).matches_event(cast("Any", of_event))
    }


def test_every_event_file_is_in_the_table() -> None:
    assert {path.name for path in EVENTS.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_event_of_the_tenant_takes_its_routes_on_the_partner_bus_alone(partner: Assembly, name: str) -> None:
    assert matching(partner, event(name)) == {f"{route}OnPartnerBus" for route in EXPECTED[name]}


@pytest.mark.parametrize("name", [name for name, routes in EXPECTED.items() if routes])
def test_a_simulated_event_takes_the_same_routes_on_the_simulation_bus(partner: Assembly, name: str) -> None:
    simulated = {**event(name), "source": "simulation/auth0.com/dev/auth0.logs"}
    assert matching(partner, simulated) == {f"{route}OnSimulationBus" for route in EXPECTED[name]}


def test_every_log_type_takes_exactly_the_routes_that_name_it(partner: Assembly) -> None:
    tenant_event = event("failed_login.json")
    for code in LOG_TYPES:
        tenant_event["detail"]["data"]["type"] = code
        named = {route.name for route in ROUTES if route.takes(code)}
        assert matching(partner, tenant_event) == {f"{route}OnPartnerBus" for route in named}, code


def test_every_bus_has_a_rule_for_every_route_with_a_wanted_target(assemblies: dict[str, Assembly]) -> None:
    def rules(shape: str) -> int:
        return sum(on_a_bus_of_ours(rule) for rule in assemblies[shape].properties("AWS::Events::Rule").values())

    assert rules("simulation only") == len(ROUTES)
    assert rules("with an event source") == 2 * len(ROUTES)
    assert rules("partner bus and event log only") == 1
    assert rules("production, two tenants") == 2 * len(ROUTES)


def test_no_pattern_is_longer_than_a_rule_may_have(partner: Assembly) -> None:
    """2,048 characters: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html."""
    for name, rule in partner.properties("AWS::Events::Rule").items():
        assert len(json.dumps(rule.get("EventPattern", ""))) <= 2048, name


def test_two_targets_of_everything_are_in_one_rule_and_so_in_parallel(simulation: Assembly) -> None:
    (rule,) = [r for n, r in simulation.properties("AWS::Events::Rule").items() if "/EverythingOn" in n]
    assert len(rule["Targets"]) == 2
