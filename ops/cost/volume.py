"""How much of what comes in?"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from ops.cost.line import DAYS, GB


@dataclass(frozen=True, kw_only=True, slots=True)
class Mix:
    """`shares`: of each log type, together 1. `event_bytes`: of a whole event, as a target gets it."""

    shares: Mapping[str, float]
    event_bytes: float

    def share(self, pattern: Mapping[str, Any]) -> float:
        """Of the events that a rule with this pattern takes; its source and detail type are those of all."""
        types = pattern.get("detail", {}).get("data", {}).get("type")
        return sum(self.shares.values() if types is None else (self.shares.get(each, 0) for each in types))


@dataclass(frozen=True, kw_only=True, slots=True)
class Volume:
    events_per_day: float
    mix: Mix

    @property
    def events(self) -> float:
        """A month."""
        return self.events_per_day * DAYS

    def chunks(self, kilobytes: int) -> float:
        """So many pieces of that size is an event; a piece that is begun counts whole."""
        return ceil(self.mix.event_bytes / (kilobytes * 1024))

    def gigabytes(self, events: float, more_bytes: float = 0) -> float:
        return events * (self.mix.event_bytes + more_bytes) / GB
