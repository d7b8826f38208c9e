"""What does the terminal show?"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from local_aws.control import LocalAws
from ops.ledger import Row, is_complete

MOST_LISTED = 20  # missing log_ids on the screen


@contextmanager
def step(console: Console, what: str) -> Iterator[Callable[[str], None]]:
    """A spinner while the step runs, then one line with its seconds and what `note` was told."""
    started = time.monotonic()
    notes: list[str] = []
    with console.status(what):
        yield notes.append
    note = "".join(f"  [dim]{escape(text)}[/dim]" for text in notes)
    console.print(f"[green]✓[/green] {what} [dim]{time.monotonic() - started:.1f} s[/dim]{note}")


def ledger_table(rows: Sequence[Row]) -> Table:
    table = Table(title="What came out at the far end of each target", title_justify="left")
    for name in ("route", "target"):
        table.add_column(name)
    for name in ("expected", "arrived", "missing", "duplicated"):
        table.add_column(name, justify="right")
    for row in rows:
        style = "" if row.is_complete else "red"
        counts = (len(row.expected), row.arrived, len(row.missing), len(row.duplicated))
        table.add_row(row.route, row.target.value, *map(str, counts), style=style)
    return table


def verdict(rows: Sequence[Row], *, too_early: str) -> str:
    """One line if all is well; else the log_ids that are missing, or that arrived where no route leads them."""
    if is_complete(rows):
        return "[green]All events arrived, and only those that a route leads there.[/green]"
    lines = []
    for row in rows:
        place = f"{row.route} → {row.target.value}"
        lines += [f"[red]missing[/red] {place}: {log_id}" for log_id in row.missing[:MOST_LISTED]]
        lines += [
            f"[red]unexpected[/red] {place}: {log_id}"
            + (" (sent before the bus existed)" if log_id == too_early else "")
            for log_id in row.unexpected[:MOST_LISTED]
        ]
        if hidden := max(0, len(row.missing) - MOST_LISTED):
            lines.append(f"… and {hidden} more missing there")
    return "\n".join(lines)


def next_steps(aws: LocalAws) -> str:
    return "\n".join(
        [
            f"\nThe local AWS stays up at {aws.endpoint_url}. Try:",
            f"  make status PORT={aws.port}                    does every event get through?",
            f"  make send-local PORT={aws.port} COUNT=1000     send more through the sender Lambda",
            f"  make verify PORT={aws.port}                    test events through every route",
            f"  make report PORT={aws.port}                    one HTML page of what has happened",
            f"  make down PORT={aws.port}                      stop it",
        ]
    )
