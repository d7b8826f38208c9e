"""Does a plan reach every target of every route, and nothing that it should leave alone?"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lambda_src.alert.core import alert_of
from lambda_src.auth0_events.envelope import parse_any
from ops.verify.canary import TENANT, detail, log_types_for, plan, reached_although_skipped
from ops.verify.rules import Deployed, Rule
from stacks.route import ALL_LOG_TYPES, Route, Target
from stacks.routes import ROUTES

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
NONE: frozenset[Target] = frozenset()


def deployed(*routes: Route) -> Deployed:
    types = {route.name: None if route.log_types is None else frozenset(route.log_types) for route in routes}
    rules = {name: Rule(is_enabled=True, log_types=log_types) for name, log_types in types.items()}
    return Deployed(routes=routes, rules=rules, differences=())


@pytest.mark.parametrize("each", [1, 7])
def test_every_route_gets_as_many_events_as_asked_for_which_it_takes(each: int) -> None:
    canaries = plan(deployed(*ROUTES), run="r", each=each, skip=NONE)
    for route in ROUTES:
        own = [canary for canary in canaries if canary.route == route.name]
        assert len(own) == each
        assert all(route.takes(canary.log_type) for canary in own)
        assert len({canary.log_type for canary in own}) == min(each, len(route.log_types or range(each)))
    assert len({canary.log_id for canary in canaries}) == each * len(ROUTES)


def test_a_route_for_everything_is_tested_with_what_no_other_route_takes() -> None:
    (everything, *others) = ROUTES
    types = log_types_for(everything, deployed(*ROUTES), NONE)
    assert types
    assert not [log_type for log_type in types for other in others if other.takes(log_type)]


@pytest.mark.parametrize("target", [Target.ALERT, Target.TASK, Target.INSTANCES])
def test_nothing_is_sent_that_leads_to_a_skipped_target_where_another_will_do(target: Target) -> None:
    skip = frozenset({target})
    canaries = plan(deployed(*ROUTES), run="r", each=50, skip=skip)
    skipped = [route for route in ROUTES if target in route.targets]
    assert canaries
    assert not [canary for canary in canaries for route in skipped if route.takes(canary.log_type)]
    assert list(reached_although_skipped(canaries, ROUTES, skip)) == []


def test_a_skipped_target_that_events_have_to_reach_is_told() -> None:
    skip = frozenset({Target.STREAM})
    canaries = plan(deployed(*ROUTES), run="r", each=1, skip=skip)
    (note,) = reached_although_skipped(canaries, ROUTES, skip)
    assert note.startswith("kinesis is skipped and not looked at; events for AttackProtection, Everything, ")


def test_a_log_type_that_the_deployed_rule_takes_is_preferred() -> None:
    route = Route(name="Attacks", targets=(Target.ALERT,), log_types=("limit_wc", "limit_mu"))
    older = replace(deployed(route), rules={"Attacks": Rule(is_enabled=True, log_types=frozenset({"limit_mu"}))})
    assert log_types_for(route, older, NONE) == ["limit_mu"]


def test_a_plan_without_targets_is_empty() -> None:
    assert plan(deployed(*ROUTES), run="r", each=1, skip=frozenset(Target)) == []


def test_people_who_get_the_alert_see_that_it_is_a_test() -> None:
    route = Route(name="Attacks", targets=(Target.ALERT,), log_types=ALL_LOG_TYPES)
    (canary,) = plan(deployed(route), run="r", each=1, skip=NONE)
    log = parse_any(detail(canary, NOW))
    assert (log.log_id, log.type, log.date) == ("verify-r-0001", canary.log_type, "2026-11-25T12:00:00.000Z")
    message = alert_of(log).message
    assert f"Tenant:      {TENANT}" in message
    assert "TEST" in TENANT
    assert "verify-r-0001" in message
