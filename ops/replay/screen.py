"""What does the terminal show of a plan, of a replay, and of all of them?"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from lambda_src.printable import printable
from ops.commands import Commands
from ops.replay.plan import Plan, utc, window_as_json
from ops.replay.replays import Replay
from ops.table import show_table
from ops.window import Window

REMEMBERED = (
    "What the alert, the activity function and the workers have handled within 29 days (the alert: 22) they do not do "
    "again: docs/adr/0007. Every other target gets it again."
)
LONGEST = 512  # characters of AWS's reason
STYLES = {"COMPLETED": "green", "FAILED": "red", "CANCELLED": "yellow"}


def show_plan(console: Console, plan: Plan, now: datetime) -> None:
    say(console, f"[bold]{escape(plan.environment)}: a dry run, nothing is replayed[/bold]")
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("rule", no_wrap=True)
    table.add_column("events", justify="right")
    table.add_column("goes to", overflow="fold")
    for rule in plan.rules:
        number = plan.counts.get(rule.name)
        goes_to = escape(", ".join(rule.targets)) or "[yellow]no target[/yellow]"
        table.add_row(escape(rule.name), "?" if number is None else str(number), goes_to)
    show_table(console, table)
    kept = f"{plan.bus.kept_days} days" if plan.bus.kept_days else "for ever"
    say(console, f"archive {escape(plan.bus.archive)}, of the {plan.bus.kind} bus, which keeps events {kept}")
    say(console, f"window  {plan.window}; events as the event log counts them")
    show_warnings(console, plan, now)
    say(console, REMEMBERED)
    say(console, "`--go` starts it.")


def show_warnings(console: Console, plan: Plan, now: datetime) -> None:
    for warning in plan.warnings(now):
        say(console, f"[yellow]note[/yellow] {escape(warning)}")


def show_end(console: Console, replay: Replay, commands: Commands) -> None:
    for line in end(replay, commands):
        say(console, line)


def end(replay: Replay, commands: Commands) -> Iterator[str]:
    yield from (headline(replay), where(replay))
    if replay.state == "COMPLETED":
        yield escape(f"What a target does not take is in its dead-letter queue, as ever: `{commands.ops('redrive')}`.")
    elif replay.has_ended and replay.window:
        yield escape(f"The rest: `{commands.ops('replay', *rest(replay, replay.window), '--go')}`")
    else:
        yield escape(f"`{commands.ops('replay', '--list')}` says how far it is, `--cancel {replay.name}` cancels it.")


def rest(replay: Replay, window: Window) -> list[str]:
    """The options of a replay that goes on. From the minute of the last event on: within it they come in no order."""
    since = window.start if replay.last is None else max(window.start, replay.last.replace(second=0, microsecond=0))
    rules = [word for rule in replay.rules or () for word in ("--rule", rule)]
    to = rules if replay.rules else ["--all-rules"] * (replay.rules is not None)
    return ["--since", utc(since), "--until", utc(window.end), *to]


def show_list(console: Console, environment: str, replays: Sequence[Replay]) -> None:
    if not replays:
        say(console, f"No replay of {escape(environment)} in the last 90 days.")
    for replay in replays:
        say(console, headline(replay))
        say(console, where(replay))


def headline(replay: Replay) -> str:
    took = f" in {duration(replay.ended - replay.started)}" if replay.started and replay.ended else ""
    reason = f": {escape(printable(replay.reason, LONGEST))}" if replay.reason else ""
    return f"[{STYLES.get(replay.state, 'bold')}]{escape(replay.state)}[/] {escape(replay.name)}{took}{reason}"


def where(replay: Replay) -> str:
    to = "" if replay.rules is None else f" to {', '.join(replay.rules) or 'all rules'}"
    last = (
        f"; its last event is of {utc(replay.last)}" if replay.last else "; no event" + " yet" * (not replay.has_ended)
    )
    return escape(f"  {replay.window or 'its window is not known'}{to}{last}")


def duration(time: timedelta) -> str:
    seconds = round(time.total_seconds())
    return f"{seconds} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def as_json(replay: Replay) -> dict[str, Any]:
    return {
        "name": replay.name,
        "state": replay.state,
        "reason": replay.reason,
        "window": window_as_json(replay.window) if replay.window else None,
        "rules": None if replay.rules is None else [*replay.rules],
        "last": utc(replay.last) if replay.last else None,
        "started": utc(replay.started) if replay.started else None,
        "ended": utc(replay.ended) if replay.ended else None,
    }


def say(console: Console, line: str) -> None:
    console.print(line, soft_wrap=True)
