"""What does one call of the sender send?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ops.redrive.function_calls import MOST_BYTES

# Of one call. The sender has 15 minutes for it, and needs seconds; its answer lists each that failed in 400 bytes, of
# the 6 MB that it may have. At most so many are sent twice after a kill.
MOST_EVENTS = 1_000
# Of logs that the sender makes itself: the more, the less the calls themselves cost. What it has no time for is asked
# for in a call of its own.
MOST_GENERATED = 10_000
AT_ONCE = timedelta(seconds=1)  # in real time, what happens in it goes together


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in a file: after the line (or log) `number`. `digest`: of all that was read until there.

    `skipped`: how many until there were no logs.
    """

    number: int
    digest: str
    skipped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A log to send. `detail`: JSON of an event's detail; `moment`: when it happened, None if it does not say."""

    detail: str
    type: str
    moment: datetime | None
    place: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """`payload` is the sender's input, JSON; `due`: not before; `place`: what it sends, for a person.

    `rest`: the portion of what the sender leaves over when its time runs out after so many events; None for given
    events, of which it leaves none.
    """

    payload: str
    count: int
    place: str
    due: datetime | None = None
    mark: Mark | None = None
    rest: "Callable[[int], Portion] | None" = None


def most_at(rate: float | None, most: int) -> int:
    """How many events, at most `most`, a call may send at this rate (events a second): spread, in no bursts."""
    return most if rate is None else max(1, min(most, int(rate)))


def given_portions(logs: Iterable[Given], *, most: int, in_real_time: bool = False) -> Iterator[Portion]:
    """In their order. What the logs raise is raised after all logs before it were given out."""
    some: list[Given] = []
    size = 0
    try:
        for log in logs:
            bytes_of_it = len(log.detail.encode()) + 1
            if some and (
                len(some) == most or size + bytes_of_it > MOST_BYTES or (in_real_time and is_later(some[0], log))
            ):
                yield portion_of(some, in_real_time=in_real_time)
                some, size = [], 0
            some.append(log)
            size += bytes_of_it
    except Exception:
        if some:
            yield portion_of(some, in_real_time=in_real_time)
        raise
    if some:
        yield portion_of(some, in_real_time=in_real_time)


def is_later(first: Given, log: Given) -> bool:
    return first.moment is not None and log.moment is not None and log.moment - first.moment > AT_ONCE


def portion_of(logs: Sequence[Given], *, in_real_time: bool) -> Portion:
    first, last = logs[0], logs[-1]
    return Portion(
        payload=f'{{"events":[{",".join(log.detail for log in logs)}]}}',
        count=len(logs),
        place=first.place if first is last else f"{first.place} to {last.place}",
        due=last.moment if in_real_time else None,
        mark=last.mark,
    )
