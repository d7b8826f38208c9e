"""Into which steps is a window of time divided?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ops.window import Window

MOST = 60  # columns that a chart of a page's width shows well
MINUTE, HOUR, DAY, MONTH = 60, 3_600, 86_400, 28 * 86_400
SIZES = (
    *(1, 5, 10, 30),
    *(MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE),
    *(HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR),
    *(DAY, 2 * DAY, 7 * DAY, MONTH),
)
UNITS = (("h", HOUR), ("min", MINUTE), ("s", 1))
UNIX = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Buckets:
    """`size` in seconds. The first starts at `start`, in UTC; each starts at a whole multiple of the size.

    So the window may begin within the first and end within the last of them.
    """

    start: datetime
    size: int
    count: int

    def index(self, milliseconds: int) -> int:
        """Of the bucket that holds this time, since 1970; the nearest if none does."""
        found = (milliseconds - int((self.start - UNIX).total_seconds()) * 1_000) // (self.size * 1_000)
        return min(max(found, 0), self.count - 1)

    @property
    def starts(self) -> list[datetime]:
        return [self.start + timedelta(seconds=self.size * number) for number in range(self.count)]

    def labels(self) -> list[str]:
        """As short as an axis needs them: the day where one begins."""
        return [short(start, self.size) for start in self.starts]

    def spans(self) -> list[str]:
        """As long as a table needs them."""
        return [f"{start:%Y-%m-%d %H:%M}" + (f":{start:%S}" if self.size < MINUTE else "") for start in self.starts]


def buckets_of(window: Window, sizes: Sequence[int] = SIZES) -> Buckets:
    """At most MOST of them, and one more where the window starts within the first. The window starts after 1970."""
    size = next((size for size in sizes if (last_of(window, size) - first_of(window, size)) <= MOST + 1), 0)
    if not size:  # years: whole multiples of the largest size
        size = sizes[-1] * -(-(last_of(window, sizes[-1]) - first_of(window, sizes[-1])) // MOST)
    first = first_of(window, size)
    count = max(1, last_of(window, size) - first)
    return Buckets(start=UNIX + timedelta(seconds=first * size), size=size, count=count)


def first_of(window: Window, size: int) -> int:
    return window.start_ms // (size * 1_000)


def last_of(window: Window, size: int) -> int:
    return -(-window.end_ms // (size * 1_000))


def short(start: datetime, size: int) -> str:
    if size >= MONTH:
        return f"{start:%b %Y}"
    if size >= DAY or not (start.hour or start.minute or start.second):
        return f"{start.day} {start:%b}"
    return f"{start:%H:%M:%S}" if size < MINUTE else f"{start:%H:%M}"


def length(seconds: int) -> str:
    """In the largest unit that tells it in whole numbers; a day is 24 h."""
    if seconds >= 2 * DAY and seconds % DAY == 0:
        return f"{seconds // DAY} days"
    return next(f"{seconds // size} {unit}" for unit, size in UNITS if seconds % size == 0)
