"""Which events are sent, and how does anybody see that they are a test?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle, islice
from typing import Any

from lambda_src.auth0_events.log_types import LOG_TYPES
from lambda_src.auth0_events.values import iso_time
from ops.verify.rules import Deployed, Rule
from stacks.route import Route, Target

# What the alert shows of an event; it must not call anybody out of bed.
TENANT = "TEST by `python -m ops verify`: nothing happened in any tenant"


@dataclass(frozen=True, kw_only=True, slots=True)
class Canary:
    """One event that is sent for the route `route`; others may take it too."""

    log_id: str
    log_type: str
    route: str


def mark_of(run: str) -> str:
    """How the log_ids of a run begin. `run`: letters and digits, unique, so that runs do not see each other's."""
    return f"verify-{run}"


def plan(deployed: Deployed, *, run: str, each: int, skip: Collection[Target]) -> list[Canary]:
    """`each` events for every route that leads to a target that is not skipped, of different log types if it can."""
    chosen = [
        (route, log_type)
        for route in deployed.routes
        if set(route.targets) - set(skip)
        for log_type in islice(cycle(log_types_for(route, deployed, skip)), each)
    ]
    return [
        Canary(log_id=f"{mark_of(run)}-{number:04d}", log_type=log_type, route=route.name)
        for number, (route, log_type) in enumerate(chosen, start=1)
    ]


def log_types_for(route: Route, deployed: Deployed, skip: Collection[Target]) -> list[str]:
    """Those that lead to as little else as possible: first to no skipped target, then to few other routes."""

    def cost(log_type: str) -> tuple[int, bool, int]:
        takers = [other for other in deployed.routes if other.takes(log_type)]
        # an older deployment need not have a type that is new in the checkout
        return (
            len(skipped_by(takers, skip)),
            not is_taken(deployed.rules.get(route.name), log_type),
            len(takers),
        )

    candidates: Sequence[str] = route.log_types or tuple(LOG_TYPES)
    best = min(map(cost, candidates))
    return [log_type for log_type in candidates if cost(log_type) == best]


def is_taken(rule: Rule | None, log_type: str) -> bool:
    return rule is None or rule.takes(log_type)


def skipped_by(routes: Sequence[Route], skip: Collection[Target]) -> set[Target]:
    return {target for route in routes for target in route.targets if target in skip}


def reached_although_skipped(
    canaries: Sequence[Canary], routes: Sequence[Route], skip: Collection[Target]
) -> Iterator[str]:
    """One line for each skipped target that events have to reach on their way to another one."""
    for target in sorted(skip):
        by = {canary.route for canary in canaries for route in routes
              if target in route.targets and route.takes(canary.log_type)}  # fmt: skip
        if by:
            yield f"{target} is skipped and not looked at; events for {', '.join(sorted(by))} go there all the same"


def detail(canary: Canary, now: datetime) -> Mapping[str, Any]:
    """What the sender takes. No user, no address, no application: nobody has done anything."""
    return {
        "log_id": canary.log_id,
        "data": {
            "date": iso_time(now),
            "type": canary.log_type,
            "description": f"Test event of `python -m ops verify` for the route {canary.route}",
            "tenant_name": TENANT,
            "environment_name": "verify",
            "client_name": "ops verify",
            "log_id": canary.log_id,
        },
    }
