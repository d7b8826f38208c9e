"""What does the terminal show of a redrive?"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ops.redrive.report import QueueReport, Report
from ops.redrive.ways import NoWay
from ops.table import show_table

NOTHING = "[green]No messages.[/green]"
MOST_LISTED = 20  # of the letters that stay for one reason; --json has them all
LOOK: dict[str, Any] = {"title_justify": "left", "title_style": "bold", "box": box.SIMPLE_HEAD}
UNITS = (("d", 86_400), ("h", 3_600), ("min", 60))


def show(console: Console, report: Report) -> None:
    if report.letters:
        show_table(console, plan(report) if report.is_dry_run else result(report))
    for line in lines(report):
        console.print(line, soft_wrap=True)


def plan(report: Report) -> Table:
    table = Table(title=f"{report.environment}: a dry run, nothing is moved", **LOOK)
    for name in ("queue", "messages", "oldest", "why they are here", "way back"):
        table.add_column(
            name,
            justify="right" if name in ("messages", "oldest") else "left",
            overflow="fold",
            no_wrap=name == "queue",
        )
    for queue in report.queues:
        if queue.letters:
            oldest = "" if queue.oldest_at is None else age(report.started - queue.oldest_at)
            table.add_row(queue.name, str(queue.letters), oldest, counts(queue.reasons), counts(ways(queue)))
    return table


def result(report: Report) -> Table:
    table = Table(title=report.environment, **LOOK)
    table.add_column("queue")
    for name in ("messages", "put back", "kept again", "stay"):
        table.add_column(name, justify="right")
    for queue in report.queues:
        if queue.letters:
            numbers = (queue.letters, queue.put_back, queue.kept_again, len(queue.stays))
            table.add_row(queue.name, *map(str, numbers))
    return table


def lines(report: Report) -> Iterator[str]:
    for queue in report.queues:
        yield from stays(queue)
    yield from held(report)
    for name in report.gone:
        yield f"[red]gone[/red] {name}: what would have waited there is lost. {escape(report.recreate)}"
    yield verdict(report)


def stays(queue: QueueReport) -> Iterator[str]:
    """Each reason once, with those that it is about."""
    about: dict[str, list[str]] = {}
    for stay in queue.stays:
        about.setdefault(stay.reason, []).append(
            f"log_id {stay.log_id}" if stay.log_id else f"message {stay.message_id}"
        )
    for reason, those in about.items():
        listed = ", ".join(those[:MOST_LISTED]) + f", and {len(those) - MOST_LISTED} more" * (len(those) > MOST_LISTED)
        yield f"[yellow]{len(those)} in {queue.name}[/yellow] cannot go back: {escape(reason)}"
        yield escape(f"  {listed}")


def held(report: Report) -> Iterator[str]:
    for queue in report.queues:
        if queue.held_by_others:
            yield (
                f"[yellow]hidden[/yellow] {queue.name}: {queue.held_by_others} that another run has in hand, or one "
                "that was killed: run it again in 20 minutes"
            )


def verdict(report: Report) -> str:
    """The last line: what was done, and what to do next."""
    if report.is_dry_run:
        return dry_verdict(report)
    done = f"{report.put_back} put back, {report.stays} stay"
    if report.kept_again:
        done += f"; the sender could not send {report.kept_again} of them and has kept them again"
    if report.was_interrupted:
        return f"[yellow]Interrupted[/yellow]: {done}; nothing is lost. Run it again for the rest."
    return f"{done}." if report.letters else NOTHING


def dry_verdict(report: Report) -> str:
    if report.was_interrupted:
        return "[yellow]Interrupted[/yellow]: it was a dry run; nothing is lost."
    if not report.letters:
        return NOTHING
    would_go = report.letters - report.stays
    return f"{would_go} would go, {report.stays} would stay. `--go` does it."


def ways(queue: QueueReport) -> Counter[str]:
    found: Counter[str] = Counter()
    for (kind, place), count in queue.ways.items():
        found["none" if kind == NoWay.kind else f"{kind} {place}"] += count  # the reason comes below the table
    return found


def counts(found: Counter[str]) -> str:
    """One line each; alone, a count says nothing beside the number of messages."""
    if len(found) == 1:
        return escape(next(iter(found)))
    return "\n".join(escape(f"{count} {what}") for what, count in found.most_common())


def age(seconds: float) -> str:
    for unit, size in UNITS:
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{max(0, seconds):.0f} s"
