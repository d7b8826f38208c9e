"""Which of the waiting entries go out together next?"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

from lambda_src.sender.entries import MOST_BYTES, Entry
from lambda_src.sender.outcomes import Refusal

# Of one request: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
MOST_ENTRIES = 10


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Waiting:
    """An entry that may go out at `due` (seconds of the delivery's clock) after `attempts` that ended in `refusal`.

    `number` counts the entries of a delivery: those that are due at the same time keep their order.
    """

    due: float
    number: int
    entry: Entry = field(compare=False)
    attempts: int = field(default=0, compare=False)
    refusal: Refusal | None = field(default=None, compare=False)


class WaitingRoom:
    """Entries before their first and between their further attempts, the earliest due first."""

    def __init__(self) -> None:
        self._heap: list[Waiting] = []

    def __len__(self) -> int:
        return len(self._heap)

    def __iter__(self) -> Iterator[Waiting]:
        return iter(sorted(self._heap))

    def add(self, waiting: Waiting) -> None:
        heapq.heappush(self._heap, waiting)

    @property
    def next_due(self) -> float:
        """When the first of them may go out; infinity if nothing waits."""
        return self._heap[0].due if self._heap else float("inf")

    def take(self, now: float) -> list[Waiting]:
        """Removes and returns as much of what is due as fits into one request.

        An entry larger than a whole request goes alone: EventBridge refuses it, and nothing waits for ever.
        """
        taken: list[Waiting] = []
        room = MOST_BYTES
        while self.next_due <= now and len(taken) < MOST_ENTRIES and (not taken or self._heap[0].entry.size <= room):
            taken.append(heapq.heappop(self._heap))
            room -= taken[-1].entry.size
        return taken
