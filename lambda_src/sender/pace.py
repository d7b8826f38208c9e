"""When may the next request go, after EventBridge has said that it is busy?

As fast as it goes until the first throttle. Then all requests of the sender share one pace: each throttle cuts it below
what was accepted of late, and what is accepted lets it grow again, until nobody notices it. So a busy bus makes a send
longer, and few events need their retries for it. A throttled attempt is one of an event's attempts all the same: that
is the promise (core.MOST_ATTEMPTS), and a bus that only ever throttles ends in the undelivered queue.

It is like botocore's adaptive mode, which documents itself as experimental and does not see a throttle of single
entries: https://docs.aws.amazon.com/boto3/latest/guide/retries.html
"""

from dataclasses import dataclass, field
from math import exp

CUT = 0.7  # times what was accepted
GROWTH = 1.1  # times, each second without a throttle: a cut is made good in less than four seconds
# Requests a second. Slower than this nothing is gained: EventBridge's smallest quota is 400
# (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html), and a send must come to an end.
SLOWEST = 10.0
FASTEST = 5_000.0  # faster than a function can be: no pace at all
MEMORY_SECONDS = 1.0  # what was accepted so long ago counts a third
LONGEST_PAUSE = 8.0  # seconds without an answer: longer than any request takes (clients.py)


@dataclass(slots=True)
class Pace:
    """`rate`: requests a second; all times are seconds of one clock. Not for two threads at once."""

    rate: float = float("inf")
    _free: float = float("-inf")  # when the next request may start
    _cut: float = float("-inf")
    _grown: float = 0.0
    _accepted: "Recently" = field(default_factory=lambda: Recently())

    def wait(self, now: float) -> float:
        """Seconds until a request may start."""
        return max(0.0, self._free - now)

    def start(self, now: float) -> None:
        """A request starts. One that is late by less than its distance does not delay those after it."""
        self._accepted.begin(now)
        self._free = max(self._free + 1 / self.rate, now)

    def hear(self, *, began: float, now: float, accepted: float, is_throttled: bool) -> None:
        """An answer: `accepted` is the part of the request's entries (0 to 1) that EventBridge has taken.

        A request that began before the last cut tells nothing new when it is throttled.
        """
        self._accepted.add(accepted, now)
        if is_throttled:
            if began >= self._cut:
                self.rate = max(SLOWEST, CUT * min(self.rate, self._accepted.a_second(now)))
                self._free = now + 1 / self.rate
                self._cut = now
        elif self.rate != float("inf"):
            self.rate *= GROWTH ** min(now - self._grown, MEMORY_SECONDS)
            if self.rate > FASTEST:
                self.rate = float("inf")
        self._grown = now


@dataclass(slots=True)
class Recently:
    """How many a second, of late: a sum in which each fades with its age."""

    _sum: float = 0.0
    _at: float = 0.0
    _began: float | None = None

    def begin(self, now: float) -> None:
        """After a pause, what was before says nothing of how many a second come now."""
        if self._began is None or now - self._at > LONGEST_PAUSE:
            self._sum, self._began, self._at = 0.0, now, now

    def add(self, amount: float, now: float) -> None:
        self._sum = self._faded(now) + amount
        self._at = now

    def a_second(self, now: float) -> float:
        """In a time shorter than the memory, what has come in it."""
        known = 1 - exp(-(now - (self._began or 0.0)) / MEMORY_SECONDS)
        return self._faded(now) / known / MEMORY_SECONDS if known > 0 else 0.0

    def _faded(self, now: float) -> float:
        return self._sum * exp((self._at - now) / MEMORY_SECONDS)
