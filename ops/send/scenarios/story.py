"""What is a scenario made of?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.auth0_events.generator import tell_log
from ops.send.scenarios.cast import Cast, Person


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """A log of type `code`, `at` seconds after the story's begin, with the values `known` in advance."""

    at: float
    code: str
    known: Mapping[str, Any] = field(compare=False)


def happens(at: float, code: str, person: Person, **more: Any) -> Happening:
    return Happening(at, code, {**person.known, **more})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`tell` gives the happenings of a story, in any order; `seconds` is how long it lasts at its natural pace."""

    summary: str
    seconds: int
    tell: Callable[[Cast, int], Iterable[Happening]]

    def happenings(self, *, seed: int, scale: int) -> list[Happening]:
        """In the order of time. The same arguments give the same ones. `scale` multiplies people and attacks."""
        return sorted(self.tell(Cast(Random(seed)), scale))  # noqa: S311 - a story, no secrets


def logs_of(
    happenings: list[Happening], *, seconds: int, seed: int, start: datetime, end: datetime
) -> Iterator[Auth0Log]:
    """The story of `seconds` at the pace that fits into the time from `start` to `end`, log by log."""
    pace = (end - start).total_seconds() / max(seconds, happenings[-1].at)
    for index, happening in enumerate(happenings):
        moment = start + timedelta(seconds=happening.at * pace)
        yield tell_log(happening.code, seed=seed, index=index, moment=moment, known=happening.known)
