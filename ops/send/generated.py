"""How does a run of generated logs become calls of the sender, and how does it go on?

The logs of a run are numbered from 0. A log's contents and id come from the run's seed, its number, and the moment
that the run was begun at: a part that is asked for again has the same log ids, and consumers know what they have done.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ops.send.portion import MOST_GENERATED, Portion, most_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`count` logs from the number `first` on, the codes in turn; `rate`: events a second; `most`: events of a call.

    The logs are dated by `at`; at a rate each call's by the moment that it is meant for.
    """

    codes: Sequence[str]
    seed: int
    at: datetime
    first: int
    count: int
    rate: float | None = None
    most: int = MOST_GENERATED

    def portions(self) -> Iterator[Portion]:
        end, most = self.first + self.count, most_at(self.rate, self.most)
        return (self.portion(first, min(most, end - first)) for first in range(self.first, end, most))

    def moment(self, first: int) -> datetime:
        """By which the portion that begins with this log is dated. A run that goes on there has it as its `at`."""
        return self.at if self.rate is None else self.at + timedelta(seconds=(first - self.first) / self.rate)

    def portion(self, first: int, count: int) -> Portion:
        fields = {"types": list(self.codes), "seed": self.seed, "at": self.moment(first).isoformat()}
        return Portion(
            payload=json.dumps({"count": count, "first": first, **fields}),
            count=count,
            place=f"log {first + 1:,} to log {first + count:,}",
            rest=lambda done: self.portion(first + done, count - done),
        )
