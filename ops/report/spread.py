"""How are durations distributed, in memory that does not grow with their number?"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

EXACT = 1_000  # below it, each millisecond is told apart; above, three digits are


class Spread:
    """Durations in milliseconds, to three significant digits. Negative ones are kept: clocks differ."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()

    def add(self, milliseconds: int) -> None:
        self._counts[rounded(milliseconds)] += 1

    def __len__(self) -> int:
        """How many durations."""
        return self._counts.total()

    def percentile(self, percent: float) -> int | None:
        """The smallest duration that at least `percent` of all do not exceed (nearest rank); None without any."""
        rank = -(-len(self) * percent // 100)
        seen = 0
        for duration in sorted(self._counts):
            seen += self._counts[duration]
            if seen >= rank:
                return duration
        return None

    def histogram(self, bounds: Sequence[int]) -> list[int]:
        """How many lie below the first bound, between each two (the lower one is in it), and from the last one on."""
        found = [0] * (len(bounds) + 1)
        for duration, count in self._counts.items():
            found[bisect_right(bounds, duration)] += count
        return found


def rounded(milliseconds: int) -> int:
    size = abs(milliseconds)
    if size < EXACT:
        return milliseconds
    step = int(10 ** (len(str(size)) - 3))
    nearest = (size + step // 2) // step * step
    return nearest if milliseconds > 0 else -nearest
