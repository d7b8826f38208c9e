"""Which routes are deployed, and are they those of this checkout?

What is expected is what the checkout's routing table (stacks/routes.py) says, as far as it is deployed: a rule that
somebody changed is then wrong, and does not say itself what is right.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ops.ends import ENDS
from ops.environment import Environment
from stacks.route import Route, Target

SUFFIX = "OnSimulationBus"  # of a rule's construct, behind its route's name
SHOWN = 5  # log types of a difference


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule as it is on the bus. `log_types`: those that its pattern takes; None: all of them.

    `enable`: the command that enables it.
    """

    is_enabled: bool
    log_types: frozenset[str] | None
    enable: str = "aws events enable-rule"

    def takes(self, log_type: str) -> bool:
        return self.log_types is None or log_type in self.log_types


@dataclass(frozen=True, kw_only=True, slots=True)
class Deployed:
    """`routes`: the checkout's that are deployed, each with those of its targets that are.

    `rules`: what is on the bus, by route. `differences`: one line each, safe to show.
    """

    routes: tuple[Route, ...]
    rules: Mapping[str, Rule]
    differences: tuple[str, ...]

    @property
    def stopped(self) -> frozenset[str]:
        """The routes whose rule takes nothing: it is disabled, or gone."""
        names = {route.name for route in self.routes}
        return frozenset(name for name in names if name not in self.rules or not self.rules[name].is_enabled)


def read_rules(environment: Environment) -> dict[str, Rule]:
    """Those of the simulation bus, by name. Raises OpsError if there is none, and what boto3 raises."""
    bus = environment.output("SimulationBusName")
    enable = ("events", "enable-rule", "--event-bus-name", bus, "--name")
    pages = environment.aws.events.get_paginator("list_rules").paginate(EventBusName=bus)
    return {
        rule["Name"]: Rule(
            is_enabled=rule.get("State") != "DISABLED",
            log_types=log_types(rule["EventPattern"]),
            enable=environment.commands.aws(*enable, rule["Name"]),
        )
        for page in pages
        for rule in page["Rules"]
        # an archive has a rule of its own, which AWS manages
        if "EventPattern" in rule and "ManagedBy" not in rule
    }


def log_types(pattern: str) -> frozenset[str] | None:
    """Of a pattern as stacks/targets_stack.py writes it."""
    types = json.loads(pattern).get("detail", {}).get("data", {}).get("type")
    return None if types is None else frozenset(each for each in types if isinstance(each, str))


def deployed_targets(environment: Environment) -> frozenset[Target]:
    return frozenset(target for target, end in ENDS.items() if end.output in environment.outputs)


def deployed_rules(environment: Environment) -> frozenset[str]:
    """The routes' names, as CloudFormation knows them."""
    paths = environment.of_type("AWS::Events::Rule")
    return frozenset(path.removesuffix(SUFFIX) for path in paths if path.endswith(SUFFIX))


def compare(
    routes: Sequence[Route],
    rules: Mapping[str, Rule],
    *,
    stack: Collection[str],
    targets: Collection[Target],
    way_back: str,
) -> Deployed:
    """`stack`: the rules that CloudFormation has; `targets`: the deployed ones. `way_back`: of what was deleted."""
    fitting = [replace(route, targets=tuple(each for each in route.targets if each in targets))
               for route in routes if set(route.targets) & set(targets)]  # fmt: skip
    differences = [line for route in fitting for line in differences_of(route, rules.get(route.name), stack, way_back)]
    unknown = rules.keys() - {route.name for route in routes}
    differences += [f"rule {name} is no route of this checkout: not tested" for name in sorted(unknown)]
    return Deployed(
        routes=tuple(route for route in fitting if route.name in stack), rules=rules, differences=tuple(differences)
    )


def differences_of(route: Route, rule: Rule | None, stack: Collection[str], way_back: str) -> Iterator[str]:
    if route.name not in stack:
        yield f"route {route.name} of this checkout is not deployed: not tested; a deployment of it would"
    elif rule is None:
        yield f"rule {route.name} is gone from the bus, although its stack has it: {way_back}"
    elif not rule.is_enabled:
        yield f"rule {route.name} is disabled on the bus: somebody did it by hand; `{rule.enable}` undoes it"
    elif (wanted := None if route.log_types is None else frozenset(route.log_types)) != rule.log_types:
        what = f"rule {route.name} is not as this checkout's route: it takes {change(wanted, rule.log_types)}"
        by_hand = f"where `cdk diff` shows nothing, somebody changed it by hand: {way_back}"
        yield f"{what}; deploy this checkout or, {by_hand}"


def change(wanted: frozenset[str] | None, found: frozenset[str] | None) -> str:
    if found is None or wanted is None:
        return "every log type" if found is None else f"{some(found)} alone"
    told = ((found - wanted, "{} too"), (wanted - found, "not {}"))
    return ", and ".join(text.format(some(log_types)) for log_types, text in told if log_types)


def some(log_types: Collection[str]) -> str:
    ordered = sorted(log_types)
    return ", ".join(ordered[:SHOWN]) + f" and {len(ordered) - SHOWN} more" * (len(ordered) > SHOWN)
