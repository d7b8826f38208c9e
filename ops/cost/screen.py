"""What does the terminal show of a bill?"""

from collections.abc import Iterator
from itertools import groupby

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ops.cost.report import Column, Report
from ops.table import show_table

NONE = "\N{EN DASH}"
MARK = "◀"  # beside what is a tenth of its column or more
LEAST = 0.005  # USD: less is shown as such
SHOWN = 0.01  # of a column: lines that are less in each are one together, unless there is one column alone


def show(report: Report) -> None:
    console = Console(highlight=False)
    for line in head(report):
        say(console, line)
    if len(report.columns) == 2:
        show_table(console, detail(report.columns[1]))
    else:
        show_table(console, side_by_side(report))
    show_table(console, by_route(report))
    for column, before in zip(report.columns, (None, *report.columns), strict=False):
        if before is None or not column.is_dominated_as(before):
            for line in what_lowers(column):
                say(console, line)
    for warning in report.warnings:
        say(console, f"[yellow]note[/yellow] {escape(warning)}")


def head(report: Report) -> Iterator[str]:
    yield f"[bold]Auth0Events-{escape(report.environment)}[/bold]: USD a month, by so many events"
    if report.is_elsewhere:
        yield (
            f"[yellow]note[/yellow] these are prices of {escape(report.prices.region)}, and the environment is in "
            f"{escape(str(report.region))}: give that region's with --prices"
        )


def side_by_side(report: Report) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for name in ("for", "what"):
        table.add_column(name, no_wrap=True)
    for column in report.columns:
        table.add_column(title(column), justify="right")
    for owner, rows in groupby(report.rows, key=lambda row: row[0]):
        table.add_row(bold(owner), "", *(bold(usd(each.of(owner))) for each in report.columns))
        large = [what for _, what in rows if any(each.share(owner, what) >= SHOWN for each in report.columns)]
        for what in large:
            table.add_row("", what, *(cell(column, owner, what) for column in report.columns))
        rest = [column.of(owner) - sum(column.of(owner, what) for what in large) for column in report.columns]
        if large and max(rest) > LEAST:
            table.add_row("", "the rest", *(f"{usd(amount)}  " for amount in rest))
    table.add_row(bold("together"), "", *(bold(usd(column.usd)) for column in report.columns))
    return table


def detail(column: Column) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=title(column), title_justify="left")
    for name in ("for", "what", "quantity", "of", "USD each", "USD"):
        table.add_column(name, justify="right" if name.startswith(("quantity", "USD")) else "left")
    for line in column.lines:
        mark = f" {MARK}" if column.dominates(line.owner, line.what) else "  "
        each = f"{line.price.of_one:.10f}".rstrip("0").rstrip(".")
        table.add_row(
            line.owner, line.what, f"{line.quantity:,.2f}", escape(line.price.unit), each, usd(line.usd) + mark
        )
    table.add_row(bold("together"), "", "", "", "", f"{bold(usd(column.usd))}  ")
    return table


def by_route(report: Report) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for name in ("a million events of", "for"):
        table.add_column(name, no_wrap=True)
    table.add_column("USD", justify="right")
    table.add_column("of all that come", justify="right")
    for each in report.routes:
        table.add_row(escape(each.route), each.owner, usd(each.usd), f"{each.share:.2%}")
    return table


def what_lowers(column: Column) -> Iterator[str]:
    if column.advice:
        yield f"[bold]{title(column)}[/bold]: {usd(column.usd)}, most of it"
    for each in column.advice:
        said = f"{each.owner}, {each.what}: {usd(each.usd)} ({each.share:.0%})"
        lower = f"{each.setting} saves {usd(each.saved)} in all" if each.setting else "no setting lowers it"
        yield escape(f"  {said}; {lower}")


def title(column: Column) -> str:
    """How many events."""
    return f"{column.events_per_day:,.0f} a day" if column.events_per_day else "at rest"


def cell(column: Column, owner: str, what: str) -> str:
    return usd(column.of(owner, what)) + (f" {MARK}" if column.dominates(owner, what) else "  ")


def bold(text: str) -> str:
    return f"[bold]{text}[/bold]"


def usd(amount: float) -> str:
    return NONE if amount <= 0 else "< 0.01" if amount < LEAST else f"{amount:,.2f}"


def say(console: Console, line: str) -> None:
    console.print(line, soft_wrap=True)
