"""What is known of one window of time, before it becomes a page or JSON?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ops.report.counts import Counts
from ops.report.delivery import COUNTED, Delivery
from ops.report.spread import Spread
from ops.report.tally import Ranking, ranked
from ops.window import Window

PERCENTILES = (50, 95, 99)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """`before`: the window of the same length before, if it was read. `version`: of this checkout."""

    environment: str
    window: Window
    counts: Counts
    before: Counts | None
    delivery: Delivery
    generated: datetime
    version: str

    @property
    def with_people(self) -> bool:
        return self.counts.with_people

    def as_json(self) -> dict[str, Any]:
        return {
            "environment": self.environment,
            "since": self.window.start.isoformat(),
            "until": self.window.end.isoformat(),
            "generated": self.generated.isoformat(),
            "version": self.version,
            **counted(self.counts),
            "before": None if self.before is None else headline(self.before),
            "delivery": delivered(self.delivery),
        }


def headline(counts: Counts) -> dict[str, Any]:
    return {
        "events": counts.events,
        "logins": counts.logins["success"],
        "failed_logins": counts.logins["failure"],
        "login_failure_rate": counts.failure_rate,
        "attacks": counts.attacks.total(),
    }


def counted(counts: Counts) -> dict[str, Any]:
    found = {
        **headline(counts),
        "simulated": counts.simulated,
        "replayed_not_counted": counts.replayed,
        "by_category": listed(ranked(counts.categories)),
        "by_type": listed(counts.by_type.ranking()),
        "failed_logins_by_connection": listed(counts.failed_by_connection.ranking()),
        "attacks_by_type": listed(ranked(counts.attacks)),
        "over_time": steps(counts),
        "latency_ms": {name: percentiles(spread) for name, spread in spans(counts).items()},
        "undated": counts.latency.undated,
        "simulated_without_latency": counts.latency.simulated,
    }
    if counts.with_people:
        found["failed_logins_by_user"] = listed(counts.failed_by_user.ranking())
        found["failed_logins_by_address"] = listed(counts.failed_by_address.ranking())
    return found


def listed(ranking: Ranking) -> dict[str, Any]:
    return {"counts": dict(ranking.items), "others": ranking.others}


def steps(counts: Counts) -> dict[str, Any]:
    """One entry for each step that has events."""
    found: dict[int, dict[str, Any]] = {}
    for kind, over_time in (
        ("by_category", counts.categories_over_time),
        ("logins", counts.logins_over_time),
        ("attacks", counts.attacks_over_time),
    ):
        for (number, name), count in sorted(over_time.items()):
            start = counts.buckets.starts[number].isoformat()
            found.setdefault(number, {"from": start}).setdefault(kind, {})[name] = count
    return {"seconds": counts.buckets.size, "steps": [found[number] for number in sorted(found)]}


def spans(counts: Counts) -> Mapping[str, Spread]:
    latency = counts.latency
    return {"auth0_to_event_log": latency.whole, "auth0_to_bus": latency.to_bus, "bus_to_event_log": latency.to_log}


def percentiles(spread: Spread) -> dict[str, int | None]:
    return {"events": len(spread), **{f"p{percent}": spread.percentile(percent) for percent in PERCENTILES}}


def delivered(delivery: Delivery) -> dict[str, Any]:
    """null is no zero: CloudWatch has no data."""
    return {
        "undelivered_now": delivery.undelivered,
        "queues": {queue.name: queue.letters + queue.held for queue in delivery.queues},
        "rules": [
            {"bus": each.rule.bus, "rule": each.rule.name}
            | {metric: each.counts[metric] for metric in COUNTED}
            | {"slowest_p95_ms": each.slowest_ms}
            for each in delivery.rules
        ],
    }
