"""How does an operator say how many events come, and which?"""

import re
from typing import Any

import click

from ops.cost.mix import WEIGHTS
from ops.send.scenarios.catalogue import SCENARIOS

UNITS = {"": 1, "k": 1_000, "M": 1_000_000}
NUMBER = re.compile(r"(\d{1,12})([kM]?)")
LARGEST_EVENT = 1_000_000  # bytes; docs/limits.md
LARGEST_VOLUME = 10**12


class Events(click.ParamType[float]):
    """`1000`, `1k`, `100M`."""

    name = "events"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, int | float):
            return float(value)
        found = NUMBER.fullmatch(value)
        events = int(found[1]) * UNITS[found[2]] if found else -1
        if not 0 <= events <= LARGEST_VOLUME:
            self.fail(f"{value!r} is no number of events; expected 1000, 1k, 100M", param, ctx)
        return float(events)


class Weight(click.ParamType[tuple[str, float]]):
    """`quiet-day=99`."""

    name = "scenario=weight"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:
        if isinstance(value, tuple):
            return value
        scenario, _, weight = value.partition("=")
        if scenario not in SCENARIOS or not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", weight) or not float(weight):
            known = ", ".join(f"{name}={WEIGHTS[name]}" for name in SCENARIOS)
            self.fail(f"{value!r}; expected one of {known}, with a weight above 0", param, ctx)
        return scenario, float(weight)
