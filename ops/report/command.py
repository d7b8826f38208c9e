"""What does `python -m ops report` do?"""

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from ops.environment import Environment
from ops.options import as_json, on_environment
from ops.report.file import default_path, require_free, write
from ops.report.page import render
from ops.report.report import Report
from ops.report.run import report_of, version_of
from ops.window import Window, within

CHECKOUT = Path(__file__).parents[2]


@click.command(
    epilog="Exit code: 0 the page is written, whatever it says (that no event came, too), 2 it could not run and "
    "there is no page, 130 interrupted, likewise."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Default: report-<env>-<since>-<until>.html, here. It replaces an earlier report, and nothing else.",
)
@click.option("--compare", is_flag=True, help="Read the window of the same length before it too, and say what changed.")
@click.option("--personal", is_flag=True, help="With the users and IP addresses whose logins failed most.")
@within("24h")
@as_json
@on_environment
def report(
    environment: Environment,
    window: Window,
    output: Path | None,
    compare: bool,  # noqa: FBT001 - click passes flags by name
    personal: bool,  # noqa: FBT001 - click passes flags by name
    as_json: bool,  # noqa: FBT001 - click passes flags by name
) -> None:
    """Writes one HTML page of a window of time: events, log types, failed logins, attacks, delivery, latency.

    The page holds all it needs: it loads nothing, and can be sent as one file. Without --personal it holds no names, no
    addresses and no whole events.

    With --json the figures go to the output, and a page is written only where --output names one.
    """
    path = None if as_json and output is None else output or default_path(environment.name, window)
    if path:
        require_free(path)  # before minutes of reading
    found = report_of(
        environment, window, compare=compare, personal=personal, now=datetime.now(UTC), version=version_of(CHECKOUT)
    )
    size = write(path, render(found), is_personal=personal) if path else None
    tell(found, path, size, as_json=as_json)


def tell(found: Report, path: Path | None, size: int | None, *, as_json: bool) -> None:
    if as_json:
        page = None if path is None else {"path": click.format_filename(path), "bytes": size}
        click.echo(json.dumps({**found.as_json(), "page": page}, indent=2))
        return
    console = Console(highlight=False)
    personal = ", [yellow]with personal data[/yellow]" if found.with_people else ""
    name = click.format_filename(path) if path else ""
    console.print(f"[bold]{escape(name)}[/bold]{personal}", soft_wrap=True)
    console.print(f"{found.counts.events:,} events, {found.window}; {(size or 0) / 1_000:,.0f} kB", soft_wrap=True)
