"""Which options say what `tail` shows?"""

import functools
from collections.abc import Callable
from typing import Any

import click
from rich.console import Console

from lambda_src.auth0_events.log_types import LOG_TYPES, UnknownCategory, UnknownLogType
from ops.buses import HELP as BUSES
from ops.event_log import Seen
from ops.options import as_json
from ops.tail.line import as_json as line_of_json
from ops.tail.line import line
from ops.tail.wanted import NEW, wanted

FILTERS = (
    click.option("--type", "types", multiple=True, metavar="CODE", help="Log type: fp. Repeatable, as the next three."),
    click.option(
        "--category",
        "categories",
        multiple=True,
        metavar="NAME",
        help=f"All types of a filter category: auth.login.fail; or {NEW!r}.",
    ),
    click.option(
        "--client", "clients", multiple=True, metavar="NAME", help="Application, by client_name or client_id."
    ),
    click.option("--connection", "connections", multiple=True, metavar="NAME", help="Connection."),
    click.option("--bus", metavar="BUS", help=f"Where it came from: {BUSES} Default: all."),
)
LOOKS = (
    click.option("--personal", is_flag=True, help="Show user_name and ip too: personal data."),
    click.option("--whole", is_flag=True, help="With --json: the whole event too, with all its personal data."),
    as_json,
)


def filtered(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command `only`, a Wanted, in the place of FILTERS."""

    @functools.wraps(command)
    def with_wanted(bus: str | None, **others: Any) -> Any:
        kinds = {name: others.pop(name) for name in ("types", "categories", "clients", "connections")}
        try:
            only = wanted(**kinds, bus=bus)
        except UnknownCategory as error:
            raise click.UsageError(str(error)) from error
        for code in kinds["types"]:
            if code not in LOG_TYPES:
                click.echo(f"ops: {UnknownLogType(code)}; shown if it comes all the same", err=True)
        return command(only=only, **others)

    return _decorate(with_wanted, FILTERS)


def formatted(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command `show`, which writes an event to the output, in the place of LOOKS."""

    @functools.wraps(command)
    def with_show(*, personal: bool, whole: bool, as_json: bool, **others: Any) -> Any:
        if whole and not as_json:
            raise click.UsageError("--whole needs --json")
        console = Console(highlight=False, soft_wrap=True)

        def show(seen: Seen) -> None:
            if as_json:
                click.echo(line_of_json(seen, personal=personal, whole=whole))
                return
            with console.capture() as captured:  # rich ends the program itself where nobody reads its output
                console.print(line(seen, personal=personal))
            click.echo(captured.get(), nl=False, color=True)

        return command(show=show, **others)

    return _decorate(with_show, LOOKS)


def _decorate(command: Callable[..., Any], options: tuple[Callable[..., Any], ...]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command
