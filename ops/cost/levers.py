"""Which setting lowers a bill, and by how much?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ops.cost.at_rest import FREE_HOURS
from ops.cost.by_event import SIMULATION_BUS, entry_of
from ops.cost.estimate import Basis, bill
from ops.cost.inventory import Inventory
from ops.cost.line import Line, total
from ops.cost.owners import EVENT_LOG, SENDER, TARGETS

SHORT_DAYS = 7
SEEN = 0.10  # of a bill: a line that is less dominates nothing
LEAST = 0.005  # USD; less is no saving


@dataclass(frozen=True, kw_only=True, slots=True)
class Lever:
    """`setting`: what to change, and what goes with it. `applied`: the environment and the events that are left."""

    setting: str
    applied: Callable[[Inventory], Inventory]
    events: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """What dominates a bill; `setting` lowers the whole bill by `saved` USD a month, None: nothing does."""

    owner: str
    what: str
    usd: float
    share: float
    setting: str | None
    saved: float


def levers_of(inventory: Inventory) -> Iterator[Lever]:
    """What changes least first."""
    yield from shorter(inventory)
    chosen = [target for target in TARGETS if any(each.owner == target for each in inventory.resources)]
    for target in chosen:
        left = ",".join(each for each in chosen if each != target) or "none"
        yield Lever(setting=f"`-c targets={left}`", applied=without_owner(target))
    entry = entry_of(inventory)
    if entry and not entry.is_simulation and any(each.owner == SENDER for each in inventory.resources):
        yield Lever(setting="`-c simulator=false`", applied=without_simulator)
    yield from rough()


def rough() -> Iterator[Lever]:
    """What takes something away that is missed."""
    yield Lever(
        setting="no stack Monitoring (`cdk destroy -e`; nobody is called then)",
        applied=lambda given: given.without(lambda each: each.stack.endswith("-Monitoring")),
    )
    yield Lever(
        setting="no event log (stacks/routes.py; or one of fewer log types: `tail`, `report` and `verify` read it)",
        applied=without_owner(EVENT_LOG),
    )
    yield Lever(
        setting="half the events (filters of the log stream: `-c auth0_filters=`, or in Auth0)",
        applied=lambda given: given,
        events=0.5,
    )


def shorter(inventory: Inventory) -> Iterator[Lever]:
    archives = inventory.of_type("AWS::Events::Archive")
    if any(int(each.properties["RetentionDays"]) > SHORT_DAYS for each in archives):
        yield Lever(
            setting=f"`-c archive_days={SHORT_DAYS}`",
            applied=lambda given: given.changed("AWS::Events::Archive", RetentionDays=SHORT_DAYS),
        )
    groups = inventory.of_type("AWS::Logs::LogGroup")
    if any(int(each.properties.get("RetentionInDays", SHORT_DAYS + 1)) > SHORT_DAYS for each in groups):
        yield Lever(
            setting=f"`-c log_days={SHORT_DAYS}`",
            applied=lambda given: given.changed("AWS::Logs::LogGroup", RetentionInDays=SHORT_DAYS),
        )
    streams = inventory.of_type("AWS::Kinesis::Stream")
    if any(int(each.properties.get("RetentionPeriodHours", FREE_HOURS)) > FREE_HOURS for each in streams):
        yield Lever(
            setting="`retention_period` of a day (stacks/components/route_to_stream.py; what fails is kept no longer)",
            applied=lambda given: given.changed("AWS::Kinesis::Stream", RetentionPeriodHours=FREE_HOURS),
        )


def without_owner(owner: str) -> Callable[[Inventory], Inventory]:
    return lambda given: given.without(lambda each: each.owner == owner)


def without_simulator(given: Inventory) -> Inventory:
    return given.without(lambda each: each.owner == SENDER or SIMULATION_BUS in each.name)


def saved(inventory: Inventory, lever: Lever, events_per_day: float, basis: Basis) -> float:
    """USD a month of the whole bill."""
    return total(bill(inventory, events_per_day, basis)) - total(after(inventory, lever, events_per_day, basis))


def after(inventory: Inventory, lever: Lever, events_per_day: float, basis: Basis) -> list[Line]:
    return bill(lever.applied(inventory), events_per_day * lever.events, basis)


def advice(inventory: Inventory, events_per_day: float, basis: Basis) -> Iterator[Advice]:
    """On what is a tenth of the bill or more, the largest first: the first lever that lowers it."""
    before = bill(inventory, events_per_day, basis)
    whole = total(before)
    bills = [(lever, after(inventory, lever, events_per_day, basis)) for lever in levers_of(inventory)]
    for (owner, what), usd in sorted(sums(before).items(), key=lambda each: -each[1]):
        if whole and usd >= SEEN * whole:
            lower = ((lever, left) for lever, left in bills if usd - sums(left).get((owner, what), 0) > LEAST)
            lever, left = next(lower, (None, before))
            setting = lever.setting if lever else None
            yield Advice(owner=owner, what=what, usd=usd, share=usd / whole, setting=setting, saved=whole - total(left))


def sums(lines: Sequence[Line]) -> dict[tuple[str, str], float]:
    """USD by owner and what: a task has three prices."""
    found: dict[tuple[str, str], float] = {}
    for line in lines:
        found[line.owner, line.what] = found.get((line.owner, line.what), 0) + line.usd
    return found
