"""What does the terminal show of a run?"""

from collections.abc import Iterator
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from lambda_src.printable import printable
from ops.ledger import Row
from ops.table import show_table
from ops.verify.latency import FEW, Latency, Quantiles
from ops.verify.report import Report

LOOK: dict[str, Any] = {"title_justify": "left", "title_style": "bold", "box": box.SIMPLE_HEAD}
MOST_LISTED = 20  # log_ids of a row; --json has them all
LONGEST = 100  # characters of a log_id


def show(console: Console, report: Report) -> None:
    if report.rows():
        show_table(console, ends(report))
    if found := report.latencies():
        show_table(console, hops(report, found))
    for line in lines(report):
        console.print(line, soft_wrap=True)


def ends(report: Report) -> Table:
    table = Table(title=f"{report.environment}: run {report.run} on the simulation bus", **LOOK)
    for name in ("route", "target"):
        table.add_column(name, no_wrap=True)
    for name in ("expected", "arrived", "missing", "duplicated"):
        table.add_column(name, justify="right")
    for row in report.rows():
        counts = (len(row.expected), row.arrived, len(row.missing), len(row.duplicated))
        table.add_row(row.route, row.target.value, *map(str, counts), style="" if row.is_complete else "red")
    return table


def hops(report: Report, found: list[Latency]) -> Table:
    taken = report.sent.taken_seconds if report.sent else None
    title = "Seconds, p50 / p95" + ("" if taken is None else f"; EventBridge had taken all after {taken:.2f}")
    table = Table(title=title, **LOOK)
    table.add_column("target")
    for name in ("events", "after the event log", "in all", "readable after"):
        table.add_column(name, justify="right")
    for each in found:
        cells = (each.after_event_log, each.in_all, each.readable_after)
        table.add_row(each.target.value, str(each.events), *map(figures, cells))
    return table


def figures(quantiles: Quantiles | None) -> str:
    return "" if quantiles is None else f"{quantiles.p50:.2f} / {quantiles.p95:.2f}"


def lines(report: Report) -> Iterator[str]:
    yield from precision(report)
    for row in report.rows():
        yield from of_row(report, row)
    for reason in report.unreadable.values():
        yield f"[red]unreadable[/red] {escape(reason)}"
    for difference in report.differences:
        yield f"[yellow]differs[/yellow] {escape(printable(difference, 400))}"
    for note in [*report.notes, *report.untested]:
        yield f"[yellow]note[/yellow] {escape(note)}"
    yield verdict(report)


def precision(report: Report) -> Iterator[str]:
    found = report.latencies()
    if not found or report.sent is None:
        return
    few = f" With fewer than {FEW} events, p95 is the slowest." if min(each.events for each in found) < FEW else ""
    seconds = report.sent.offset.seconds
    clocks = "the clocks agree to a second or so" if not seconds else f"corrected by {seconds:+.0f} s, give or take one"
    yield f"[dim]Sent by this machine's clock, the rest by AWS's; {clocks}.{few}[/dim]"


def of_row(report: Report, row: Row) -> Iterator[str]:
    place = f"{row.route} → {row.target.value}"
    kinds = (
        ("red", "missing", row.missing),
        ("red", "unexpected", row.unexpected),
        ("yellow", "duplicated", row.duplicated),
    )
    for colour, what, log_ids in kinds:
        if log_ids:
            shown = ", ".join(printable(log_id, LONGEST) for log_id in log_ids[:MOST_LISTED])
            more = f" and {len(log_ids) - MOST_LISTED} more" * (len(log_ids) > MOST_LISTED)
            yield f"[{colour}]{what}[/{colour}] {escape(place)}: {escape(shown + more)}"
    for step in report.next_steps(row):
        yield escape(f"  {printable(step, 600)}")


def verdict(report: Report) -> str:
    """The last line."""
    if report.was_interrupted:
        return f"[yellow]Interrupted[/yellow] {so_far(report)}"
    events = f"{len(report.canaries)} event" + "s" * (len(report.canaries) != 1)
    if report.is_complete:
        but = f" but {', '.join(sorted(report.skip))}" * bool(report.skip)
        start = "As far as tested, all is well" if report.differences else "All is well"
        return f"[green]{start}: {events} came out at the far end of each target{but}, and so far nowhere else.[/green]"
    missing = sum(len(row.missing) for row in report.rows())
    unexpected = sum(len(row.unexpected) for row in report.rows())
    found = [f"{count} {what}" for count, what in ((missing, "missing"), (unexpected, "unexpected")) if count]
    return f"[red]Not well[/red] of {events}: {', '.join(found) or 'an end could not be read'}."


def so_far(report: Report) -> str:
    if report.sent is None:
        return "before anything was sent."
    if report.sent.taken_seconds is None:
        return f"while the events were being sent: some may arrive yet, marked verify-{report.run}."
    if report.watch and report.watch.is_over():
        return "after all had arrived: what comes twice, or where it should not, was not waited for."
    return "while waiting: what is missing so far may arrive yet."
