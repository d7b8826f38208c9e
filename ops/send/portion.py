"""What does one call of the sender send?"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lambda_src.sender.request import LARGEST_SEED
from ops.redrive.function_calls import MOST_BYTES

# Of one call. The sender has 15 minutes for it, and needs seconds; its answer lists each that failed in 400 bytes, of
# the 6 MB that it may have. At most so many are sent twice after a kill.
MOST_EVENTS = 1_000
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
    """`payload` is the sender's input, JSON; `due`: not before; `place`: what it sends, for a person."""

    payload: str
    count: int
    place: str
    due: datetime | None = None
    mark: Mark | None = None


def most_at(rate: float | None) -> int:
    """How many events a call may send at this rate (events a second), so that they are spread and come in no bursts."""
    return MOST_EVENTS if rate is None else max(1, min(MOST_EVENTS, int(rate)))


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


def generated_portions(codes: Sequence[str], *, count: int, seed: int, most: int) -> Iterator[Portion]:
    """Requests for `count` logs, the codes in turn over all of them.

    Each has its own part of the turn, and its own seed: the sender counts the logs of each request from 0, and with one
    seed two requests could make the same log ids.
    """
    for number, start in enumerate(range(0, count, most)):
        size = min(most, count - start)
        turn = [codes[(start + step) % len(codes)] for step in range(min(size, len(codes)))]
        request = {"count": size, "types": turn, "seed": (seed + number) % (LARGEST_SEED + 1)}
        yield Portion(payload=json.dumps(request), count=size, place=f"log {start + 1:,} to log {start + size:,}")
