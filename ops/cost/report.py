"""What is an environment's bill, side by side for several volumes?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ops.cost.estimate import Basis, RouteCost, bill, routes, warnings
from ops.cost.inventory import Inventory
from ops.cost.levers import SEEN, Advice, advice
from ops.cost.line import Line, total
from ops.cost.owners import OWNERS
from ops.cost.prices import Prices
from ops.cost.volume import Mix

AT_REST = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """The bill of a month with so many events a day, and what dominates it."""

    events_per_day: float
    lines: Sequence[Line]
    advice: Sequence[Advice]

    @property
    def usd(self) -> float:
        return total(self.lines)

    def of(self, owner: str, what: str | None = None) -> float:
        """USD of an owner's lines; of those that say `what`, if it is given."""
        return total(line for line in self.lines if line.owner == owner and what in (None, line.what))

    def share(self, owner: str, what: str) -> float:
        return self.of(owner, what) / self.usd if self.usd else 0

    def dominates(self, owner: str, what: str) -> bool:
        return self.share(owner, what) >= SEEN

    def is_dominated_as(self, other: "Column") -> bool:
        """By nothing that does not dominate the other one too, with the same to be done."""
        known = {(each.owner, each.what, each.setting) for each in other.advice}
        return all((each.owner, each.what, each.setting) in known for each in self.advice)

    def as_json(self) -> dict[str, Any]:
        return {
            "events_per_day": self.events_per_day,
            "usd": self.usd,
            "lines": [line.as_json() for line in self.lines],
            "advice": [
                {
                    "owner": each.owner,
                    "what": each.what,
                    "usd": each.usd,
                    "share": each.share,
                    "setting": each.setting,
                    "saved_usd": each.saved,
                }
                for each in self.advice
            ],
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """`columns`: at rest first. `region`: of the environment, None where its templates hold for any."""

    environment: str
    region: str | None
    prices: Prices
    mix: Mix
    columns: Sequence[Column]
    routes: Sequence[RouteCost]
    warnings: Sequence[str]

    @property
    def is_elsewhere(self) -> bool:
        return self.region is not None and self.region != self.prices.region

    @property
    def rows(self) -> Iterator[tuple[str, str]]:
        """(owner, what) of every line of any column, by owner."""
        found = dict.fromkeys((line.owner, line.what) for column in self.columns for line in column.lines)
        yield from sorted(found, key=lambda row: OWNERS.index(row[0]))

    def as_json(self) -> dict[str, Any]:
        return {
            "environment": self.environment,
            "region": self.region,
            "prices_of": self.prices.region,
            "event_bytes": self.mix.event_bytes,
            "months": [column.as_json() for column in self.columns],
            "a_million_events": [
                {"route": each.route, "owner": each.owner, "usd": each.usd, "share": each.share} for each in self.routes
            ],
            "warnings": [*self.warnings],
        }


def report_of(
    inventory: Inventory, basis: Basis, volumes: Sequence[float], *, environment: str, region: str | None
) -> Report:
    """Raises BadPrices."""
    columns = [column_of(inventory, events, basis) for events in (AT_REST, *volumes)]
    said = [warning for events in volumes for warning in warnings(inventory, events, basis)]
    return Report(
        environment=environment,
        region=region,
        prices=basis.prices,
        mix=basis.mix,
        columns=columns,
        routes=tuple(routes(inventory, basis)),
        warnings=tuple(dict.fromkeys(said)),
    )


def column_of(inventory: Inventory, events: float, basis: Basis) -> Column:
    lines, advised = bill(inventory, events, basis), tuple(advice(inventory, events, basis))
    return Column(events_per_day=events, lines=lines, advice=advised)
