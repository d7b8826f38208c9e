"""What do events cost on their way?"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ops.cost.assumptions import Assumptions
from ops.cost.inventory import RULE, Inventory, Resource
from ops.cost.line import HOURS, Use
from ops.cost.owners import BUS, SENDER
from ops.cost.runs import call, custom_metrics, written
from ops.cost.targets import DELIVERY, Arrival
from ops.cost.volume import Volume

ARCHIVE = "AWS::Events::Archive"
SIMULATION_BUS = "SimulationBus"
SENDER_METRICS = 3  # EventsSent, EventRetries, EventsFailed
DAYS_OF_MONTH = HOURS / 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """The bus by which the events come, with its rules: Auth0's first one if there is any, else the simulation's."""

    bus: str
    rules: tuple[Resource, ...]

    @property
    def is_simulation(self) -> bool:
        return self.bus == SIMULATION_BUS


def entry_of(inventory: Inventory) -> Entry | None:
    """Each bus has an archive of its name, and its rules are named by route and bus: `EverythingOnSimulationBus`."""
    buses = [each.name.removesuffix("Archive") for each in inventory.of_type(ARCHIVE)]
    if not buses:
        return None
    bus = min(buses, key=lambda name: (name == SIMULATION_BUS, name))
    rules = tuple(each for each in inventory.of_type(RULE) if each.name.rpartition("On")[2] == bus)
    return Entry(bus=bus, rules=rules)


def by_event(inventory: Inventory, volume: Volume, assumptions: Assumptions) -> Iterator[Use]:
    entry = entry_of(inventory)
    if entry is None:
        return
    yield from on_the_bus(inventory, entry, volume)
    for arrival in arrivals(inventory, entry, volume, assumptions):
        yield from DELIVERY[arrival.resource.type](arrival)
    if entry.is_simulation:
        yield from sent(inventory, volume, assumptions)


def on_the_bus(inventory: Inventory, entry: Entry, volume: Volume) -> Iterator[Use]:
    """To rules and targets of the same account nothing is asked for: https://aws.amazon.com/eventbridge/pricing/."""
    yield Use(BUS, "events", volume.events * volume.chunks(64), "event")
    gigabytes = volume.gigabytes(volume.events)
    for archive in inventory.of_type(ARCHIVE):
        if archive.name == f"{entry.bus}Archive":
            months = int(archive.properties["RetentionDays"]) / DAYS_OF_MONTH
            yield Use(BUS, "put into the archive", gigabytes, "archive_gb")
            yield Use(BUS, "kept in the archive", gigabytes * months, "archive_gb_month")


def arrivals(inventory: Inventory, entry: Entry, volume: Volume, assumptions: Assumptions) -> Collection[Arrival]:
    """What several rules lead to one target is one: its shards, its metrics and its key's requests are there once."""
    found: dict[tuple[str, str], Arrival] = {}
    for rule in entry.rules:
        events = volume.events * volume.mix.share(rule.properties["EventPattern"])
        for each in to_targets(inventory, rule, volume, events, assumptions):
            place = each.resource.logical_id, str(each.target.get("EcsParameters"))
            before = found[place].events if place in found else 0
            found[place] = replace(each, events=before + each.events)
    return found.values()


def to_targets(
    inventory: Inventory, rule: Resource, volume: Volume, events: float, assumptions: Assumptions
) -> Iterator[Arrival]:
    for target in rule.properties["Targets"]:
        meant = meant_by(inventory, rule, target)
        if meant:
            yield arrival_of(inventory, rule, target, meant, volume=volume, events=events, assumptions=assumptions)


def meant_by(inventory: Inventory, rule: Resource, target: Any) -> Resource | None:
    """What a rule's target is; None if it is nothing that has a price here."""
    return inventory.meant(target["Arn"], rule.stack, *DELIVERY)


def arrival_of(inventory: Inventory, rule: Resource, target: Any, meant: Resource, **more: Any) -> Arrival:
    return Arrival(inventory=inventory, rule=rule, target=target, resource=meant, **more)


def sent(inventory: Inventory, volume: Volume, assumptions: Assumptions) -> Iterator[Use]:
    """What plays Auth0's part costs too."""
    for function in inventory.of_type("AWS::Lambda::Function"):
        if function.owner == SENDER:
            calls = volume.events / assumptions.sender_batch
            yield from call(function, calls, calls * assumptions.sender_seconds)
            yield from written(inventory, function, calls, calls * assumptions.sender_log_bytes, assumptions)
            yield from custom_metrics(function.owner, SENDER_METRICS, calls)
