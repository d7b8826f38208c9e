"""What does the terminal show of a send?"""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ops.send.plan import Plan
from ops.send.report import Report
from ops.table import show_table

MOST_TYPES = 40  # in the table of a dry run; --json has them all


def show_plan(console: Console, report: Report, plan: Plan) -> None:
    what = f"{report.environment}: a dry run of {report.what}, nothing is sent"
    console.print(f"[bold]{escape(what)}[/bold]", soft_wrap=True)
    show_table(console, plan_table(plan))
    for line in plan_lines(report, plan):
        console.print(line, soft_wrap=True)


def same_again(seed: int) -> str:
    return f"--seed {seed} makes logs of the same contents again, with other log ids and dates"


def plan_table(plan: Plan) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("log type")
    table.add_column("events", justify="right")
    for code, count in plan.types.most_common(MOST_TYPES):
        table.add_row(escape(code), f"{count:,}")
    if (more := len(plan.types) - MOST_TYPES) > 0:
        table.add_row(f"… and {more} more types", "")
    return table


def plan_lines(report: Report, plan: Plan) -> Iterator[str]:
    when = f", from {plan.first:%Y-%m-%d %H:%M:%S} to {plan.last:%Y-%m-%d %H:%M:%S} UTC" if plan.first else ""
    yield f"{plan.total:,} events of {len(plan.types):,} log types{when}."
    if report.seed is not None:
        yield f"{same_again(report.seed)}."
    yield from before(report)
    if report.earlier:
        yield f"An interrupted run has done {report.earlier:,} of them: it would go on behind them (--restart: all)."
    yield from bad(plan.skipped, plan.bad)


def lines(report: Report) -> Iterator[str]:
    """What became of the events; the last line says what to do next, if there is something to do."""
    counts = report.counts
    of = "" if report.total is None else f" of {report.total:,}"
    yield (
        f"{escape(report.what)} to {escape(report.environment)}: {counts.sent:,}{of} sent, {counts.retried:,} retried, "
        f"{counts.failed:,} failed in {report.seconds:,.1f} s ({report.rate:,.1f} events/s)"
    )
    if report.earlier:
        yield f"{report.earlier:,} of them by an earlier run that was interrupted"
    yield from before(report)
    if report.seed is not None:
        yield same_again(report.seed)
    yield from bad(counts.skipped, report.bad)
    yield from failures(report)
    if report.was_interrupted:
        yield interrupted(report)


def before(report: Report) -> Iterator[str]:
    if report.before:
        is_nothing = not (report.counts.done or report.total)
        start = "Nothing new: all" if is_nothing else "The"
        yield f"{start} {report.before:,} logs before were sent by earlier runs; --restart sends all of it"


def failures(report: Report) -> Iterator[str]:
    counts = report.counts
    if counts.not_made:
        yield f"[yellow]{counts.not_made:,} not made[/yellow]: the sender had no time for a single one of them"
    if counts.failed:
        codes = ", ".join(f"{escape(code)} {count:,}" for code, count in counts.codes.most_common())
        yield (
            f"[yellow]{counts.failed:,} failed[/yellow]: {codes}. They are kept in the undelivered queue: "
            f"`{escape(report.redrive)}` says why, and puts them back"
        )


def interrupted(report: Report) -> str:
    open_ = f"; {report.under_way:,} more were under way and may be sent" if report.under_way else ""
    return f"[yellow]Interrupted[/yellow]{open_}. To go on: {escape(report.go_on())}."


def bad(skipped: int, named: Sequence[str]) -> Iterator[str]:
    """What was skipped of a file: the places of the first, and what is wrong with them, never what is in them."""
    if skipped:
        yield f"[yellow]{skipped:,} skipped[/yellow]: no logs that can be sent"
        yield from (escape(f"  {each}") for each in named)
        if named and skipped > len(named):
            yield f"  and {skipped - len(named):,} others"
