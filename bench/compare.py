"""How many times as long does one way take as another?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

SAME, CONTROL = "the first again (noise)", "control: "


@dataclass(frozen=True)
class Way:
    """One way of doing the piece of work that all ways of a comparison do.

    `run`: does it once and returns what it took, in seconds. A name that begins with CONTROL is made slower on purpose.
    """

    name: str
    run: Callable[[], float]


@dataclass(frozen=True)
class Figure:
    """`seconds`: the median. `ratio`, `low`, `high`: median, least and most of a round's seconds by the first way's."""

    name: str
    seconds: float
    ratio: float
    low: float
    high: float

    @property
    def spread(self) -> str:
        return f"{self.ratio:.2f} ({self.low:.2f} to {self.high:.2f})"


def compare(ways: Sequence[Way], rounds: int) -> list[Figure]:
    """In turns, so that a slow minute of the machine hits all ways alike; the others are held against the first.

    The first runs twice a round: the second time, as SAME, shows how much of a ratio is noise.
    """
    ways = [ways[0], Way(SAME, ways[0].run), *ways[1:]]
    for way in ways:
        way.run()  # caches are filled before anything counts
    taken: dict[str, list[float]] = {way.name: [] for way in ways}
    for number in range(rounds):
        for way in ways if number % 2 else reversed(ways):
            taken[way.name].append(way.run())
    return [figure(name, seconds, taken[ways[0].name]) for name, seconds in taken.items()]


def figure(name: str, seconds: Sequence[float], first: Sequence[float]) -> Figure:
    ratios = [mine / other for mine, other in zip(seconds, first, strict=True)]
    return Figure(name, median(seconds), median(ratios), min(ratios), max(ratios))


def is_seen(figures: Sequence[Figure]) -> str:
    """Would this run have shown a regression? What it says of its own control.

    Raises ValueError for a comparison without one.
    """
    noise = next(each.high for each in figures if each.name == SAME)
    controls = [each.ratio for each in figures if each.name.startswith(CONTROL)]
    if not controls:
        raise ValueError(f"no way of this comparison is a control: its name begins with {CONTROL!r}")
    figures_of_both = f"The control ({min(controls):.2f}) {{}} out of the noise (up to {noise:.2f})"
    if min(controls) > noise:
        return figures_of_both.format("stands") + ": a regression of its size shows."
    return figures_of_both.format("is NOT") + ": run it on a quieter machine."
