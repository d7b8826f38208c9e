"""Which entries go out together next?"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from lambda_src.sender.entries import MOST_BYTES, Entry
from lambda_src.sender.outcomes import Refusal

# Of one request: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
MOST_ENTRIES = 10
# With so many entries waiting no new one is started: when EventBridge throttles, generated logs must not pile up.
MOST_WAITING = 100


@dataclass(slots=True)
class Waiting:
    """An entry after `attempts` that ended in `refusal`."""

    entry: Entry
    attempts: int = 0
    refusal: Refusal | None = None


class Batches:
    """Packs `entries`, which are read no faster than they go out, and those that are to be sent again.

    Not for two threads at once.
    """

    def __init__(self, entries: Iterator[Entry], *, most: int = MOST_ENTRIES) -> None:
        """`most` entries in a request."""
        self._entries = entries
        self._most = most
        self._left_over: Entry | None = None  # read, and not taken yet
        self._again: list[tuple[float, int, Waiting]] = []
        self._number = 0  # those that are due at the same time keep their order

    def add(self, waiting: Waiting, due: float) -> None:
        """To be sent again, not before `due`."""
        heapq.heappush(self._again, (due, self._number, waiting))
        self._number += 1

    def due(self, now: float) -> float:
        """When the next of them may go out: `now`, later, or infinity if there is none."""
        first_again = self._again[0][0] if self._again else float("inf")
        if first_again > now and len(self._again) < MOST_WAITING:
            self._left_over = self._next()
            if self._left_over is not None:
                return now
        return max(now, first_again)

    def take(self, now: float) -> list[Waiting]:
        """Removes and returns as much of what may go out as fits into one request: first what is sent again.

        An entry larger than a whole request goes alone: EventBridge refuses it, and nothing waits for ever.
        """
        taken: list[Waiting] = []
        room = MOST_BYTES
        while len(taken) < self._most and self._again and self._again[0][0] <= now:
            size = self._again[0][2].entry.size
            if taken and size > room:
                return taken
            taken.append(heapq.heappop(self._again)[2])
            room -= size
        while len(taken) < self._most and len(self._again) < MOST_WAITING and (entry := self._next()) is not None:
            if taken and entry.size > room:
                self._left_over = entry
                break
            taken.append(Waiting(entry))
            room -= entry.size
        return taken

    def waiting(self) -> list[Waiting]:
        """What is to be sent again, the earliest due first."""
        return [waiting for _, _, waiting in sorted(self._again, key=lambda item: item[:2])]

    def unattempted(self) -> Iterator[Entry]:
        """Reads all that never went out."""
        while (entry := self._next()) is not None:
            yield entry

    def _next(self) -> Entry | None:
        entry, self._left_over = self._left_over, None
        return entry if entry is not None else next(self._entries, None)
