"""How often was what seen, in memory that does not grow with what is seen?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lambda_src.printable import printable

MOST_NAMES = 10_000  # different ones: whoever attacks may invent a name for every try
LONGEST_NAME = 80  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """The most frequent first; `others`: how many more, of names that were not kept apart."""

    items: tuple[tuple[str, int], ...]
    others: int = 0


class Tally:
    """Counts by name. Names are printable, one line each; `others`: of names beyond the first `most`."""

    def __init__(self, most: int = MOST_NAMES) -> None:
        self._most = most
        self._counts: Counter[str] = Counter()
        self.others = 0

    def add(self, name: str) -> str:
        """The name under which it was counted; "" among the others."""
        shown = name if len(name) <= LONGEST_NAME and name.isascii() and name.isprintable() else printable_name(name)
        if shown not in self._counts and len(self._counts) >= self._most:
            self.others += 1
            return ""
        self._counts[shown] += 1
        return shown

    def __getitem__(self, name: str) -> int:
        return self._counts[name]

    def __len__(self) -> int:
        """How many different names."""
        return len(self._counts)

    def total(self) -> int:
        return self._counts.total() + self.others

    def ranking(self) -> Ranking:
        return ranked(self._counts, others=self.others)


def ranked(counts: Mapping[str, int], *, others: int = 0) -> Ranking:
    """Those of the same number by name, so that the same events give the same page."""
    return Ranking(items=tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))), others=others)


def printable_name(name: str) -> str:
    return printable(name, LONGEST_NAME)
