"""Which options does `replay` have, and which of them go together?"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import click

from ops.buses import HELP as BUSES
from ops.window import Window, within

WHAT = (
    click.option("--rule", "rules", multiple=True, metavar="NAME", help="To this rule: AttackProtection. Repeatable."),
    click.option("--all-rules", is_flag=True, help="To all rules of the bus."),
    click.option("--bus", metavar="BUS", help=f"{BUSES} Default: the only one."),
)
DEED = (
    click.option("--go", is_flag=True, help="Start it. Without it nothing is replayed: a dry run says what would be."),
    click.option("--detach", is_flag=True, help="With --go: do not wait for its end."),
    click.option("--list", "list_", is_flag=True, help="Show the replays of the last 90 days, and how far they are."),
    click.option("--cancel", metavar="REPLAY", help="Cancel the replay with this name."),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class What:
    window: Window
    rules: tuple[str, ...]
    all_rules: bool
    bus: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """None of them: a dry run."""

    go: bool
    detach: bool
    list: bool
    cancel: str | None


def what_to_replay(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command `what` in the place of WHAT, --since and --until. Raises UsageError."""

    @functools.wraps(command)
    def with_what(*, window: Window, rules: tuple[str, ...], all_rules: bool, bus: str | None, **others: Any) -> Any:
        if rules and all_rules:
            raise click.UsageError("--rule and --all-rules: choose one")
        if window.end > datetime.now(UTC):
            raise click.UsageError(f"--until {window.end:%Y-%m-%d %H:%M:%S} UTC is in the future")
        return command(what=What(window=window, rules=rules, all_rules=all_rules, bus=bus), **others)

    return within("1h")(_decorate(with_what, WHAT))


def deed_to_do(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command `deed` in the place of DEED, and `what` as it came. Raises UsageError."""

    @functools.wraps(command)
    def with_deed(*, go: bool, detach: bool, list_: bool, cancel: str | None, what: What, **others: Any) -> Any:
        if go + list_ + (cancel is not None) > 1:
            raise click.UsageError("--go, --list and --cancel: choose one")
        if (list_ or cancel is not None) and (what.rules or what.all_rules):
            raise click.UsageError("--rule and --all-rules do not go with --list and --cancel")
        if detach and not go:
            raise click.UsageError("--detach needs --go")
        return command(what=what, deed=Deed(go=go, detach=detach, list=list_, cancel=cancel), **others)

    return _decorate(with_deed, DEED)


def _decorate(command: Callable[..., Any], options: tuple[Callable[..., Any], ...]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command
