"""What has become of the events?"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from lambda_src.printable import printable

LONGEST_CODE = 100
NOT_LISTED = "not listed"  # the sender names the first 1,000 failures of a call


@dataclass(kw_only=True, slots=True)
class Counts:
    """Numbers of events; of a backfill: of all its runs.

    `skipped` were no logs; `not_made` the sender had no time for.
    """

    sent: int = 0
    retried: int = 0
    failed: int = 0
    skipped: int = 0
    not_made: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """Events of which the sender has said what became of them."""
        return self.sent + self.failed

    @property
    def is_complete(self) -> bool:
        return not (self.failed or self.skipped or self.not_made)

    def add(self, answer: Mapping[str, Any], count: int) -> None:
        """What the sender says to `count` events."""
        self.sent += answer["sent"]
        self.retried += answer["retried"]
        self.failed += answer["failed"]
        self.not_made += max(0, count - answer["sent"] - answer["failed"])
        listed = [printable(str(failure.get("code")), LONGEST_CODE) for failure in answer.get("failures", [])]
        self.codes.update(listed)
        if more := answer["failed"] - len(listed):
            self.codes[NOT_LISTED] += more

    def as_json(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(kw_only=True, slots=True)
class Report:
    """`redrive`: the command that puts back what failed.

    `total`: events to send, None if nobody knows (standard input). `earlier`: those of `counts` of earlier runs.

    `before`: events of a file that earlier runs had finished, in no other number. `seconds`: of this run. `bad`: where
    what was skipped is, and why, the first of them. `under_way`: events of the call that has not been answered; they
    may be sent or not. `go_on`: how a person sends the rest.
    """

    environment: str
    redrive: str = "python -m ops redrive Undelivered"
    what: str
    total: int | None
    seed: int | None = None
    counts: Counts = field(default_factory=Counts)
    earlier: int = 0
    before: int = 0
    seconds: float = 0.0
    bad: list[str] = field(default_factory=list)
    was_interrupted: bool = False
    under_way: int = 0
    go_on: Callable[[], str] = lambda: "run it again"

    @property
    def rate(self) -> float:
        """Events a second of this run."""
        return (self.counts.done - self.earlier) / self.seconds if self.seconds else 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "environment": self.environment,
            "what": self.what,
            "total": self.total,
            "seed": self.seed,
            **self.counts.as_json(),
            "earlier": self.earlier,
            "before": self.before,
            "seconds": round(self.seconds, 3),
            "events_per_second": round(self.rate, 1),
            "bad": self.bad,
            "interrupted": self.was_interrupted,
            "under_way": self.under_way,
            "go_on": self.go_on() if self.was_interrupted else None,
        }
