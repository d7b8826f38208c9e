"""Do the figures of `ops cost` and docs/costs.md follow the templates?"""

from functools import cache
from pathlib import Path

import pytest

from ops.cost.assumptions import Assumptions
from ops.cost.at_rest import AT_REST
from ops.cost.estimate import Basis, bill, unpriced
from ops.cost.free import BY_EVENT, FREE
from ops.cost.inventory import Inventory, Resource, inventory_of
from ops.cost.levers import levers_of
from ops.cost.line import total
from ops.cost.mix import mix_of
from ops.cost.prices import read_prices
from stacks.route import Target
from stacks.settings import Settings
from tests.infrastructure.assembly import Assembly, synthesise
from tools.costs import DOCUMENT, generated, with_table

A_DAY = 1_000_000.0


@cache
def basis() -> Basis:
    return Basis(prices=read_prices(), mix=mix_of(), assumptions=Assumptions())


def test_every_kind_of_resource_and_target_has_a_price_or_a_reason_to_have_none(assembly: Assembly) -> None:
    assert not [*unpriced(inventory_of(assembly.templates))], "say in ops/cost what it costs, or why nothing"


def test_a_kind_that_is_new_would_be_found(simulation: Assembly) -> None:
    known = inventory_of(simulation.templates).resources
    new = Resource(stack="s", logical_id="NewThing1A2B3C4D", type="AWS::EC2::NatGateway", properties={})
    assert [*unpriced(Inventory(resources=(*known, new)))] == [
        "AWS::EC2::NatGateway is not in the figures: ops/cost knows no price for it"
    ]


def test_a_kind_is_priced_in_one_place_alone() -> None:
    assert not AT_REST.keys() & BY_EVENT.keys()
    assert not FREE.keys() & (AT_REST.keys() | BY_EVENT.keys())
    assert all([*FREE.values(), *BY_EVENT.values()])


def test_every_environment_can_be_priced(assembly: Assembly) -> None:
    usd = [total(bill(inventory_of(assembly.templates), events, basis())) for events in (0, 1e3, 1e6, 1e8)]
    assert 0 < usd[0] < usd[1] < usd[2] < usd[3]


def test_the_documents_tables_are_what_the_templates_cost(assemblies: dict[str, Assembly]) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document == generated(document, assemblies), "docs/costs.md is behind: `make cost-tables`"


def test_other_templates_are_other_tables(assemblies: dict[str, Assembly]) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document != generated(document, assemblies | {"simulation only": assemblies["with an event source"]})


def test_a_document_without_a_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="'<!-- begin: make cost-tables: at rest -->' … '<!-- end -->': put it back"):
        with_table("", "at rest", "")


@pytest.mark.parametrize("events", [0.0, A_DAY])
def test_what_a_target_is_said_to_save_is_what_a_synthesis_without_it_costs_less(
    simulation: Assembly, alone: Inventory, events: float
) -> None:
    """The names in owners.py, held against stacks that know nothing of them."""
    left = inventory_of(simulation.templates)
    for target in ("kinesis", "ecs", "ec2"):
        (lever,) = [each for each in levers_of(left) if is_without(each.setting, target)]
        left = lever.applied(left)
    assert by_line(left, events) == pytest.approx(by_line(alone, events))


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The alert is the only target."""
    folder: Path = tmp_path_factory.mktemp("alone")
    return inventory_of(synthesise(Settings(targets=frozenset({Target.ALERT})), folder).templates)


def is_without(setting: str, target: str) -> bool:
    _, is_about_targets, chosen = setting.strip("`").partition("-c targets=")
    return bool(is_about_targets) and target not in chosen.split(",")


def by_line(inventory: Inventory, events: float) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for line in bill(inventory, events, basis()):
        found[line.owner, line.what] = found.get((line.owner, line.what), 0) + line.usd
    return found
