"""How often was what seen, in memory that does not grow with what is seen?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lambda_src.printable import printable

MOST_NAMES = 10_000  # different ones: whoever attacks may invent a name for every try
LONGEST_NAME = 80  # characters
UNSEEN = "(nothing visible)"


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

    def add(self, name: str) -> None:
        shown = name if is_plain(name) else printable(name, LONGEST_NAME) or UNSEEN
        if shown in self._counts or len(self._counts) < self._most:
            self._counts[shown] += 1
        else:
            self.others += 1

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


def is_plain(name: str) -> bool:
    """As nearly all are; it is told faster than a name is made printable."""
    return 0 < len(name) <= LONGEST_NAME and name.isascii() and name.isprintable() and name == " ".join(name.split())
