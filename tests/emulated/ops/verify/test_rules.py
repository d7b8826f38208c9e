"""Is it told when what is deployed is not what this checkout says?"""

import json
from dataclasses import replace
from typing import Any

import pytest

from ops.verify.rules import Deployed, Rule, compare, deployed_rules, deployed_targets, log_types, read_rules
from stacks.route import ALL_LOG_TYPES, Route, Target
from tests.emulated.ops.verify.pipeline import Pipeline

EVERYTHING = Route(name="Everything", targets=(Target.STREAM, Target.EVENT_LOG), log_types=ALL_LOG_TYPES)
DELETION = Route(name="Deletion", targets=(Target.TASK,), log_types=("sdu",))
ROUTES = (EVERYTHING, DELETION)
STACK = frozenset({"Everything", "Deletion"})
RULES = {
    "Everything": Rule(is_enabled=True, log_types=None),
    "Deletion": Rule(is_enabled=True, log_types=frozenset({"sdu"})),
}


def compared(*of: Any, **deployed: Any) -> Deployed:
    return compare(*of, **deployed, way_back="`recreate` recreates it")


def test_what_is_deployed_as_it_should_be_has_no_differences() -> None:
    found = compared(ROUTES, RULES, stack=STACK, targets=frozenset(Target))
    assert (found.routes, found.differences) == (ROUTES, ())


def test_a_route_has_only_the_targets_that_are_deployed() -> None:
    found = compared(ROUTES, {"Everything": RULES["Everything"]}, stack={"Everything"}, targets={Target.EVENT_LOG})
    assert (found.routes, found.differences) == ((replace(EVERYTHING, targets=(Target.EVENT_LOG,)),), ())


def test_a_route_that_is_not_deployed_is_not_tested_and_told() -> None:
    found = compared(ROUTES, {"Everything": RULES["Everything"]}, stack={"Everything"}, targets=frozenset(Target))
    assert found.routes == (EVERYTHING,)
    assert "route Deletion of this checkout is not deployed: not tested" in found.differences[0]


def test_a_rule_that_somebody_removed_is_tested_all_the_same() -> None:
    found = compared(ROUTES, {"Everything": RULES["Everything"]}, stack=STACK, targets=frozenset(Target))
    assert found.routes == ROUTES
    assert found.differences == (
        "rule Deletion is gone from the bus, although its stack has it: `recreate` recreates it",
    )


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule(is_enabled=False, log_types=frozenset({"sdu"})), "rule Deletion is disabled"),
        (Rule(is_enabled=True, log_types=None), "it takes every log type"),
        (Rule(is_enabled=True, log_types=frozenset("abcdefg")), "it takes a, b, c, d, e and 2 more too, and not sdu"),
    ],
)
def test_a_rule_that_is_not_as_the_checkout_has_it_is_told(rule: Rule, said: str) -> None:
    found = compared(ROUTES, {**RULES, "Deletion": rule}, stack=STACK, targets=frozenset(Target))
    (line,) = found.differences
    assert said in line
    assert found.routes == ROUTES


def test_a_rule_of_everything_that_lost_types_is_told() -> None:
    narrow = Rule(is_enabled=True, log_types=frozenset({"s"}))
    found = compared(ROUTES, {**RULES, "Everything": narrow}, stack=STACK, targets=frozenset(Target))
    assert "it takes s alone" in found.differences[0]


def test_a_rule_that_the_checkout_does_not_know_is_told() -> None:
    found = compared(ROUTES, {**RULES, "Old": RULES["Deletion"]}, stack=STACK, targets=frozenset(Target))
    assert found.differences == ("rule Old is no route of this checkout: not tested",)


def test_the_buss_own_rules_are_read_and_not_those_that_aws_manages(pipeline: Pipeline) -> None:
    managed = {"Name": "Events-Archive-x", "EventPattern": "{}", "ManagedBy": "prod.vhs.events.aws.internal"}
    pipeline.events.rules.append(managed)
    rules = read_rules(pipeline.environment)
    assert rules.keys() == {route.name for route in pipeline.routes}
    enable = f"aws events enable-rule --event-bus-name {pipeline.environment.output('SimulationBusName')} --name "
    assert rules["UserDeletion"] == replace(RULES["Deletion"], enable=f"{enable}UserDeletion")
    assert deployed_rules(pipeline.environment) == rules.keys()
    assert deployed_targets(pipeline.environment) == frozenset(Target)


@pytest.mark.parametrize(("types", "read"), [(["a", "b"], {"a", "b"}), (["a", {"prefix": "b"}], {"a"}), (None, None)])
def test_a_patterns_log_types_are_read(types: list[object] | None, read: set[str] | None) -> None:
    detail = {} if types is None else {"detail": {"data": {"type": types}}}
    assert log_types(json.dumps({"detail-type": ["Auth0 log"], **detail})) == read
