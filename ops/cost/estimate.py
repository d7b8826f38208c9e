"""What does an environment cost a month, with so many events?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from ops.cost.assumptions import Assumptions
from ops.cost.at_rest import AT_REST, at_rest
from ops.cost.by_event import arrivals, by_event, entry_of, meant_by, on_the_bus, to_targets
from ops.cost.free import BY_EVENT, FREE
from ops.cost.inventory import Inventory
from ops.cost.line import DAYS, Line, Use, lines_of, total
from ops.cost.owners import BUS
from ops.cost.prices import Prices
from ops.cost.targets import DELIVERY, STREAM, missing_shards
from ops.cost.volume import Mix, Volume

MILLION = 1_000_000
HOURLY = "custom_metric"  # its price is by the hour, not by the event


@dataclass(frozen=True, kw_only=True, slots=True)
class Basis:
    """What all figures of a report rest on."""

    prices: Prices
    mix: Mix
    assumptions: Assumptions

    def volume(self, events_per_day: float) -> Volume:
        return Volume(events_per_day=events_per_day, mix=self.mix)


@dataclass(frozen=True, kw_only=True, slots=True)
class RouteCost:
    """For a million events that the route leads to that target. `share`: of all that come."""

    route: str
    owner: str
    lines: Sequence[Line]
    share: float

    @property
    def usd(self) -> float:
        return total(self.lines)


def bill(inventory: Inventory, events_per_day: float, basis: Basis) -> list[Line]:
    """Of a month in which archive and logs are as full as they get. Raises BadPrices."""
    uses = chain(
        at_rest(inventory, basis.assumptions),
        by_event(inventory, basis.volume(events_per_day), basis.assumptions),
    )
    return lines_of(uses, basis.prices)


def routes(inventory: Inventory, basis: Basis) -> Iterator[RouteCost]:
    """The bus first; then each rule's targets, one after the other."""
    entry = entry_of(inventory)
    if entry is None:
        return
    volume = basis.volume(MILLION / DAYS)
    bus = lines_of(on_the_bus(inventory, entry, volume), basis.prices)
    yield RouteCost(route="every event", owner=BUS, lines=bus, share=1)
    for rule in entry.rules:
        led = to_targets(inventory, rule, volume, MILLION, basis.assumptions)
        uses = [use for each in led for use in DELIVERY[each.resource.type](each) if use.price != HOURLY]
        for owner in dict.fromkeys(use.owner for use in uses):
            lines = lines_of(of_owner(uses, owner), basis.prices)
            share = basis.mix.share(rule.properties["EventPattern"])
            yield RouteCost(route=rule.name.rpartition("On")[0], owner=owner, lines=lines, share=share)


def of_owner(uses: list[Use], owner: str) -> list[Use]:
    return [use for use in uses if use.owner == owner]


def warnings(inventory: Inventory, events_per_day: float, basis: Basis) -> Iterator[str]:
    """What the environment as it is could not take, and what has no price here."""
    entry = entry_of(inventory)
    for arrival in arrivals(inventory, entry, basis.volume(events_per_day), basis.assumptions) if entry else ():
        missing = missing_shards(arrival) if arrival.resource.type == STREAM else 0
        if missing:
            name = arrival.resource.name
            yield (
                f"{events_per_day:,.0f} events a day need {missing:,} more shards than {name} has: with fewer, "
                "events wait for EventBridge's retries and end in the dead-letter queue; they are in the figures"
            )
    yield from unpriced(inventory)


def unpriced(inventory: Inventory) -> Iterator[str]:
    for kind in sorted({each.type for each in inventory.resources} - {*AT_REST, *BY_EVENT, *FREE}):
        yield f"{kind} is not in the figures: ops/cost knows no price for it"
    entry = entry_of(inventory)
    for rule in entry.rules if entry else ():
        strange = [each for each in rule.properties["Targets"] if not meant_by(inventory, rule, each)]
        if strange:
            yield f"{len(strange)} of the targets of {rule.name} are not in the figures: ops/cost knows no such target"
