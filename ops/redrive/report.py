"""What was found in the queues, and what has become of it?"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ops.redrive.letters import Letter
from ops.redrive.ways import NoWay, Way


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """A letter that stays (in a dry run: would stay). All of it is safe to show; `log_id` may be empty."""

    message_id: str
    log_id: str
    reason: str


@dataclass(kw_only=True, slots=True)
class QueueReport:
    """`ways` and `reasons` count all letters that were found, `oldest_at` is in seconds since 1970.

    `kept_again`: events that were put back through the sender, which could not send them and has kept them again.
    """

    name: str
    held_by_others: int = 0
    ways: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    oldest_at: float | None = None
    put_back: int = 0
    kept_again: int = 0
    stays: list[Stay] = field(default_factory=list)

    @property
    def letters(self) -> int:
        return self.ways.total()

    def add(self, found: Iterable[tuple[Letter, Way]], name_of: Callable[[str], str]) -> None:
        """`name_of` gives a place's name in the environment."""
        for letter, way in found:
            self.found(letter, way, name_of(way.place))

    def found(self, letter: Letter, way: Way, place: str) -> None:
        self.ways[way.kind, place] += 1
        self.reasons[letter.reason] += 1
        self.oldest_at = letter.sent_at if self.oldest_at is None else min(letter.sent_at, self.oldest_at)
        if isinstance(way, NoWay):
            self.stay(letter, way.place)

    def stay(self, letter: Letter, reason: str) -> None:
        self.stays.append(Stay(message_id=letter.message_id, log_id=letter.log_id, reason=reason))

    def as_json(self, now: float) -> dict[str, Any]:
        return {
            "queue": self.name,
            "letters": self.letters,
            "ways_back": [
                {"kind": kind, "place": place, "letters": count} for (kind, place), count in self.ways.items()
            ],
            "reasons": dict(self.reasons),
            "oldest_seconds": None if self.oldest_at is None else round(now - self.oldest_at),
            "put_back": self.put_back,
            "kept_again": self.kept_again,
            "stays": [
                {"message_id": stay.message_id, "log_id": stay.log_id, "reason": stay.reason} for stay in self.stays
            ],
            "held_by_others": self.held_by_others,
        }


@dataclass(kw_only=True, slots=True)
class Report:
    """`gone`: the queues that somebody deleted; `recreate`: what brings them back, the end of a sentence."""

    environment: str
    is_dry_run: bool
    started: float
    was_interrupted: bool = False
    queues: list[QueueReport] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    recreate: str = ""

    @property
    def letters(self) -> int:
        return sum(queue.letters for queue in self.queues)

    @property
    def put_back(self) -> int:
        return sum(queue.put_back for queue in self.queues)

    @property
    def kept_again(self) -> int:
        return sum(queue.kept_again for queue in self.queues)

    @property
    def held_by_others(self) -> int:
        return sum(queue.held_by_others for queue in self.queues)

    @property
    def stays(self) -> int:
        return sum(len(queue.stays) for queue in self.queues)

    def as_json(self) -> dict[str, Any]:
        return {
            "environment": self.environment,
            "dry_run": self.is_dry_run,
            "interrupted": self.was_interrupted,
            "letters": self.letters,
            "put_back": self.put_back,
            "kept_again": self.kept_again,
            "stays": self.stays,
            "gone": self.gone,
            "queues": [queue.as_json(self.started) for queue in self.queues],
        }
