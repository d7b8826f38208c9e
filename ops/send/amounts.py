"""How does an operator write types, a duration and a rate?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

import click

from lambda_src.auth0_events.log_types import UnknownCategory, UnknownLogType, codes_of, require_known
from lambda_src.sender.input_values import moment
from ops.window import AGO, UNITS

SLOWEST = 0.001  # events a second


class Duration(click.ParamType[timedelta]):
    """`30s`, `15m`, `1h`, `7d`: longer than nothing, at most 30 days."""

    name = "duration"
    longest = timedelta(days=30)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        found = AGO.fullmatch(value)
        duration = timedelta(seconds=int(found[1]) * UNITS[found[2]]) if found else timedelta()
        if not timedelta() < duration <= self.longest:
            self.fail(f"{value!r} is no duration up to 30 days; expected 30s, 15m, 1h, 7d", param, ctx)
        return duration


class Moment(click.ParamType[datetime]):
    """ISO 8601 with a time zone."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return moment("it", value)
        except ValueError:
            self.fail(f"{value!r} is no time with a time zone; expected 2026-11-25T12:00:00Z", param, ctx)


class Rate(click.ParamType[float]):
    """Events a second, more than none."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            rate = float(value)
        except ValueError:
            rate = 0.0
        if rate < SLOWEST or not isfinite(rate):
            self.fail(f"{value!r} is no rate; expected events a second, {SLOWEST} or more", param, ctx)
        return rate


def codes_of_all(types: Sequence[str], categories: Sequence[str]) -> tuple[str, ...]:
    """Those of all of them, each once, or none if none was named. Raises click.UsageError with the nearest known."""
    try:
        named = [*require_known(types), *(code for category in categories for code in codes_of(category))]
    except (UnknownLogType, UnknownCategory) as error:
        raise click.UsageError(str(error)) from None
    if not named and categories:
        raise click.UsageError(f"no log type is in {', '.join(categories)}: name another category")
    return tuple(dict.fromkeys(named))
