"""What do the tables of `docs/costs.md` say? (`make cost-tables` writes them, from the templates of these shapes)"""

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ops.cost.assumptions import Assumptions
from ops.cost.at_rest import at_rest
from ops.cost.estimate import MILLION, Basis, bill, routes
from ops.cost.inventory import Inventory, inventory_of
from ops.cost.levers import advice
from ops.cost.line import lines_of, total
from ops.cost.mix import mix_of
from ops.cost.owners import OWNERS
from ops.cost.prices import read_prices
from ops.cost.report import Column, report_of
from ops.cost.screen import NONE, title, usd
from tests.infrastructure.assembly import CHECKOUT, SHAPES, Assembly, synthesise

DOCUMENT = CHECKOUT / "docs" / "costs.md"
SHOWN = {  # shapes of tests/infrastructure/assembly.py, by what the page calls them
    "simulation only": "the default: simulation bus, all four targets",
    "with an event source": "a partner bus beside it",
    "production, two tenants": "production, two tenants",
    "partner bus and event log only": "a partner bus and the event log alone",
}
DEFAULT = "simulation only"
VOLUMES = (1_000.0, 1_000_000.0, 100_000_000.0)
ALARMS = "alarm_metric"
Rows = Iterator[Sequence[str]]


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        assemblies = {shape: synthesise(SHAPES[shape], Path(scratch) / shape) for shape in SHOWN}
        DOCUMENT.write_text(generated(DOCUMENT.read_text(encoding="utf-8"), assemblies), encoding="utf-8")
    return 0


def generated(document: str, assemblies: Mapping[str, Assembly]) -> str:
    """The document with its tables as these syntheses have them. Raises ValueError when one has no place in it."""
    basis = Basis(prices=read_prices(), mix=mix_of(), assumptions=Assumptions())
    inventories = {shape: inventory_of(assemblies[shape].templates) for shape in SHOWN}
    for name, table in tables(inventories, basis).items():
        document = with_table(document, name, table)
    return document


def with_table(document: str, name: str, table: str) -> str:
    begin, end = f"<!-- begin: make cost-tables: {name} -->\n", "<!-- end -->"
    place = re.compile(f"{re.escape(begin)}.*?{end}", re.DOTALL)
    if not place.search(document):
        raise ValueError(f"{DOCUMENT.name} has no {begin.strip()!r} … {end!r}: put it back")
    return place.sub(lambda _: f"{begin}{table}{end}", document)


def tables(inventories: Mapping[str, Inventory], basis: Basis) -> dict[str, str]:
    columns = {
        shape: report_of(inventory, basis, VOLUMES, environment=shape, region=None).columns
        for shape, inventory in inventories.items()
    }
    rests, default = [each[0] for each in columns.values()], inventories[DEFAULT]
    return {
        "at rest": table(["USD a month", *SHOWN.values()], by_owner(rests)),
        "volumes": table(["USD a month", *map(title, columns[DEFAULT])], by_shape(columns)),
        "targets": table(["USD a month", *map(title, columns[DEFAULT])], by_owner(columns[DEFAULT])),
        "routes": table(
            ["a million events of", "for", "USD", "remembering", "of all that come"], by_route(default, basis)
        ),
        "levers": table(
            ["events a day", "line", "USD", "share", "what lowers it", "saves in all"], by_lever(default, basis)
        ),
        "alarms": table(["environment", "alarms", "metrics", "USD a month"], by_alarm(inventories, basis)),
        "prices": table(["price", "USD", "for", "of", "quoted by", "read"], by_price(basis)),
        "assumptions": table(["assumption", "value", "reason", "doubled"], by_assumption(default, basis)),
    }


def by_owner(columns: Sequence[Column]) -> Rows:
    for owner in OWNERS:
        yield [owner, *(usd(each.of(owner)) for each in columns)]
    yield ["**together**", *(f"**{usd(each.usd)}**" for each in columns)]


def by_shape(columns: Mapping[str, Sequence[Column]]) -> Rows:
    for shape, name in SHOWN.items():
        yield [name, *(usd(each.usd) for each in columns[shape])]


def by_route(inventory: Inventory, basis: Basis) -> Rows:
    tables = {basis.prices[name] for name in ("dynamodb_read", "dynamodb_write", "dynamodb_gb_month")}
    for each in routes(inventory, basis):
        remembering = total(line for line in each.lines if line.price in tables)
        yield [each.route, each.owner, usd(each.usd), usd(remembering), f"{each.share:.2%}"]


def by_lever(inventory: Inventory, basis: Basis) -> Rows:
    for events in (0.0, *VOLUMES[1:]):
        for each in advice(inventory, events, basis):
            line = f"{each.owner}, {each.what}"
            lowers = [each.setting, usd(each.saved)] if each.setting else ["nothing", NONE]
            yield [f"{events:,.0f}", line, usd(each.usd), f"{each.share:.0%}", *lowers]


def by_alarm(inventories: Mapping[str, Inventory], basis: Basis) -> Rows:
    for shape, name in SHOWN.items():
        inventory = inventories[shape]
        uses = [use for use in at_rest(inventory, basis.assumptions) if use.price in (ALARMS, "composite_alarm")]
        metrics = sum(use.quantity for use in uses if use.price == ALARMS)
        alarms = len(inventory.of_type("AWS::CloudWatch::Alarm"))
        yield [name, f"{alarms}", f"{metrics:.0f}", usd(total(lines_of(uses, basis.prices)))]


def by_price(basis: Basis) -> Rows:
    for name, price in basis.prices.by_name.items():
        amount = f"{price.usd:.10f}".rstrip("0")
        cents = amount + "0" * max(0, 2 - len(amount.partition(".")[2]))
        yield [
            f"`{name}`",
            cents,
            f"{price.per:,}",
            price.unit,
            f"[{price.quoted_by}]({price.source})",
            f"{price.read}",
        ]


def by_assumption(inventory: Inventory, basis: Basis) -> Rows:
    """With how much more a million events a day cost if it is twice as much."""
    whole = total(bill(inventory, MILLION, basis))
    for name, value, reason in basis.assumptions.reasons:
        doubled = replace(basis, assumptions=replace(basis.assumptions, **{name: 2 * value}))
        more = total(bill(inventory, MILLION, doubled)) - whole
        yield [f"`{name}`", f"{value:,}", reason, f"{more:+,.2f}"]


def table(heads: Sequence[str], rows: Rows) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
