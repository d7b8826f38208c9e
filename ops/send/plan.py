"""What would be sent?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lambda_src.printable import printable
from ops.send.portion import Given

MOST_TYPES = 1_000  # of different ones, that a file's types cannot fill the memory
OTHERS = "(other types)"
LONGEST_TYPE = 60


@dataclass(kw_only=True, slots=True)
class Plan:
    """Events by type, and from when to when they happened, as far as they say. `skipped` and `bad` as a Reading's."""

    types: Counter[str] = field(default_factory=Counter)
    first: datetime | None = None
    last: datetime | None = None
    skipped: int = 0
    bad: Sequence[str] = ()

    @property
    def total(self) -> int:
        return self.types.total()

    def add(self, log: Given) -> None:
        code = printable(log.type, LONGEST_TYPE)
        self.types[code if code in self.types or len(self.types) < MOST_TYPES else OTHERS] += 1
        if log.moment:
            self.first = min(self.first or log.moment, log.moment)
            self.last = max(self.last or log.moment, log.moment)

    def as_json(self) -> dict[str, Any]:
        return {
            "total": self.total,
            "types": dict(self.types.most_common()),
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "skipped": self.skipped,
            "bad": list(self.bad),
        }


def plan_of(logs: Iterable[Given]) -> Plan:
    plan = Plan()
    for log in logs:
        plan.add(log)
    return plan
