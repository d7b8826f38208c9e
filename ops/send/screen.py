"""What does the terminal show of a send?"""

from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ops.send.plan import Plan
from ops.send.report import Report

MOST_TYPES = 40  # in the table of a dry run; --json has them all


def show_plan(console: Console, report: Report, plan: Plan) -> None:
    console.print(plan_table(report, plan))
    for line in plan_lines(report, plan):
        console.print(line, soft_wrap=True)


def plan_table(report: Report, plan: Plan) -> Table:
    title = escape(f"{report.environment}: a dry run of {report.what}, nothing is sent")
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("log type")
    table.add_column("events", justify="right")
    for code, count in plan.types.most_common(MOST_TYPES):
        table.add_row(escape(code), f"{count:,}")
    if more := len(plan.types) - MOST_TYPES:
        if more > 0:
            table.add_row(f"… {more} more types", "")
    return table


def plan_lines(report: Report, plan: Plan) -> Iterator[str]:
    when = f", from {plan.first:%Y-%m-%d %H:%M:%S} to {plan.last:%Y-%m-%d %H:%M:%S} UTC" if plan.first else ""
    yield f"{plan.total:,} events of {len(plan.types):,} log types{when}."
    if report.seed is not None:
        yield f"--seed {report.seed} makes the same again."
    if report.earlier:
        yield f"{report.earlier:,} of them an interrupted run has done; it would go on behind them (--restart: with all)."
    yield from bad(report)


def lines(report: Report) -> Iterator[str]:
    """What became of the events; the last line says what to do next, if there is something to do."""
    counts = report.counts
    of = "" if report.total is None else f" of {report.total:,}"
    yield f"{escape(report.what)} to {escape(report.environment)}: {counts.sent:,}{of} sent, {counts.retried:,} retried, {counts.failed:,} failed"
    yield f"in {report.seconds:,.1f} s, {report.rate:,.1f} events/s" + seed(report)
    if report.earlier:
        yield f"{report.earlier:,} of them by an earlier run that was interrupted"
    yield from bad(report)
    if counts.not_made:
        yield f"[yellow]{counts.not_made:,} not made[/yellow]: the sender's time ran out; send so many again (--count)"
    if counts.failed:
        codes = ", ".join(f"{escape(code)} {count:,}" for code, count in counts.codes.most_common())
        yield (
            f"[yellow]{counts.failed:,} failed[/yellow]: {codes}. They are kept: `python -m ops redrive Undelivered` says "
            "why, and puts them back"
        )
    if report.was_interrupted:
        yield f"[yellow]Interrupted[/yellow]: {how_to_go_on(report)}"


def seed(report: Report) -> str:
    return "" if report.seed is None else f"; --seed {report.seed} makes the same again"


def bad(report: Report) -> Iterator[str]:
    skipped = report.counts.skipped or len(report.bad)
    if skipped:
        yield f"[yellow]{skipped:,} skipped[/yellow], which are no logs that can be sent:"
        yield from (escape(f"  {each}") for each in report.bad)
        if report.bad and skipped > len(report.bad):
            yield f"  and {skipped - len(report.bad):,} others"


def how_to_go_on(report: Report) -> str:
    return report.how_to_go_on
