"""Which window of time does an operator mean?"""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import click

UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
SHORTEST = timedelta(seconds=1)
AGO = re.compile(r"(\d{1,9})([smhd])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """`start` is in it, `end` is not; both in UTC."""

    start: datetime
    end: datetime

    @property
    def start_ms(self) -> int:
        return milliseconds(self.start)

    @property
    def end_ms(self) -> int:
        return milliseconds(self.end)

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M:%S} to {self.end:%Y-%m-%d %H:%M:%S} UTC"


def written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def milliseconds(moment: datetime) -> int:
    """Since 1970, whole; by way of a float one would be missing now and then."""
    return (moment - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)


class Moment(click.ParamType[datetime]):
    """`15m`, `24h`, `7d` ago, `now`, or an ISO 8601 time, which is UTC unless it says otherwise."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        now = datetime.now(UTC)
        if isinstance(value, datetime) or value == "now":
            return now if value == "now" else value
        try:
            if ago := AGO.fullmatch(value):
                return now - timedelta(seconds=int(ago[1]) * UNITS[ago[2]])
            moment = datetime.fromisoformat(value)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no time; expected 15m, 24h, 7d, now, or 2026-11-24T12:00:00Z", param, ctx)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def within(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives the command a `window` in the place of --since and --until. `default`: since when."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @click.option("--since", type=Moment(), default=default, show_default=True, help="15m, 24h, 7d, or a time.")
        @click.option("--until", type=Moment(), default="now", show_default=True, help="The same; not in the window.")
        @functools.wraps(command)
        def with_window(since: datetime, until: datetime, **others: Any) -> Any:
            if until - since < SHORTEST:
                raise click.UsageError(f"--since {written(since)} is not before --until {written(until)}")
            return command(window=Window(start=since, end=until), **others)

        return with_window

    return decorate
