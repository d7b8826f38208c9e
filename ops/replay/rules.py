"""Which rules of a bus can events be replayed to, and which log types do they take?"""

import json
from collections.abc import Collection
from dataclasses import dataclass

from lambda_src.auth0_events.envelope import DETAIL_TYPE
from ops.aws import OpsError
from ops.environment import Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """`targets`: their names in the environment. `pattern`: as EventBridge has it, JSON."""

    name: str
    arn: str
    is_enabled: bool
    pattern: str
    targets: tuple[str, ...]


def choose(environment: Environment, bus: str, names: Collection[str], *, all_rules: bool) -> tuple[Rule, ...]:
    """Those of the bus with these names, or all but AWS's own, by name. Raises OpsError for one that is not there."""
    there = {
        rule["Name"]: rule
        for page in environment.aws.events.get_paginator("list_rules").paginate(EventBusName=bus)
        for rule in page["Rules"]
        if "ManagedBy" not in rule  # as the archive's, which keeps replayed events out of it
    }
    if unknown := sorted(set(names) - there.keys()):
        raise OpsError(f"no rule on this bus is called {unknown[0]!r}; there are: {', '.join(sorted(there))}")
    if not names and not all_rules:
        raise OpsError(f"say to which rules: --rule with {', '.join(sorted(there)) or 'a name'}; or --all-rules")
    return tuple(
        Rule(
            name=name,
            arn=there[name]["Arn"],
            is_enabled=there[name].get("State") != "DISABLED",
            pattern=there[name].get("EventPattern", "{}"),
            targets=targets(environment, bus, name),
        )
        for name in sorted(there if all_rules else set(names))
    )


def targets(environment: Environment, bus: str, rule: str) -> tuple[str, ...]:
    pages = environment.aws.events.get_paginator("list_targets_by_rule").paginate(Rule=rule, EventBusName=bus)
    return tuple(name_of(environment, target["Arn"]) for page in pages for target in page["Targets"])


def name_of(environment: Environment, arn: str) -> str:
    """A log group's own name has slashes, which are a part of it; the rest of an ARN ends with the resource's name."""
    _, _, log_group = arn.partition(":log-group:")
    physical = log_group or arn
    for (_, path), each in environment.resources.items():
        if each == physical:
            return path
    return environment.name_of(arn.replace("/", ":").rpartition(":")[2])


def log_types(pattern: str, source_prefix: str) -> frozenset[str] | None:
    """The log types that a rule with this pattern takes of the bus's events; None for all.

    Raises ValueError for a pattern that is not of the form of our routes': what it takes, EventBridge alone knows.
    """
    found = json.loads(pattern)
    rest = {key: value for key, value in found.items() if key != "detail"}
    if rest != {"source": [{"prefix": source_prefix}], "detail-type": [DETAIL_TYPE]}:
        raise ValueError(pattern)
    if "detail" not in found:
        return None
    match found["detail"]:
        case {"data": {"type": [*types], **others}, **more} if not others and not more:
            if all(isinstance(each, str) for each in types):
                return frozenset(types)
    raise ValueError(pattern)
