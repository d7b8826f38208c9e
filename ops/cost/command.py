"""What does `python -m ops cost` do?"""

import json
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from ops.aws import Aws, OpsError
from ops.commands import Commands
from ops.cost.assumptions import Assumptions
from ops.cost.estimate import Basis
from ops.cost.inventory import inventory_of
from ops.cost.mix import WEIGHTS, mix_of
from ops.cost.options import LARGEST_EVENT, Events, Weight
from ops.cost.prices import BadPrices, read_prices
from ops.cost.report import Report, report_of
from ops.cost.screen import show
from ops.cost.templates import Found, deployed, synthesised
from ops.options import OPTIONS, as_json, in_account

VOLUMES = (1_000.0, 1_000_000.0, 100_000_000.0)
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
A_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@in_account
def look(aws: Aws, commands: Commands) -> Found:
    return deployed(aws, commands)


def placed(command: Any) -> Any:
    """The options that say where an environment is."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command(epilog="Exit code: 0 the figures are there, 2 it could not run, 130 interrupted. It changes nothing.")
@click.option(
    "--from", "folder", type=A_FOLDER, help="Templates that `make synth` wrote (cdk.out), not those deployed."
)
@click.option(
    "--events-per-day",
    "volumes",
    type=Events(),
    multiple=True,
    default=VOLUMES,
    show_default="1k, 1M and 100M",
    help="Several times for several columns; once for quantities and prices too.",
)
@click.option(
    "--mix",
    "weights",
    type=Weight(),
    multiple=True,
    default=tuple(WEIGHTS.items()),
    show_default="99 % quiet-day, the rest of the other three",
    help="Which events: the share of each scenario of `send`.",
)
@click.option("--event-bytes", type=click.IntRange(1, LARGEST_EVENT), help="Size of a whole event. Default: the mix's.")
@click.option("--prices", "own", type=A_FILE, help="Your own, or another region's: docs/costs.md says how.")
@as_json
@placed
def cost(
    folder: Path | None,
    volumes: tuple[float, ...],
    weights: tuple[tuple[str, float], ...],
    event_bytes: int | None,
    own: Path | None,
    as_json: bool,  # noqa: FBT001 - click passes flags by name
    **place: Any,
) -> None:
    """What an environment costs a month: at rest, and by events a day; what dominates, and what lowers it.

    Calculated from the templates that are deployed, or (--from) from those of a synthesis, before anything is: the
    region's list prices on demand, no free tier, no tax. It asks nothing of AWS but the templates.
    """
    found = synthesised(folder, named(place["name"])) if folder else look(**place)
    report = report_for(found, volumes, dict(weights), event_bytes, own)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2))
    else:
        show(report)


def named(environment: str) -> str | None:
    """None if nobody has named one: a synthesis says itself which it is of."""
    is_default = click.get_current_context().get_parameter_source("name") is ParameterSource.DEFAULT
    return None if is_default else environment


def report_for(
    found: Found, volumes: tuple[float, ...], weights: dict[str, float], event_bytes: int | None, own: Path | None
) -> Report:
    try:
        basis = Basis(prices=read_prices(own), mix=mix_of(weights, event_bytes), assumptions=Assumptions())
        inventory = inventory_of(found.templates)
        return report_of(inventory, basis, volumes, environment=found.environment, region=found.region)
    except BadPrices as error:
        raise OpsError(str(error)) from error
