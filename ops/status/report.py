"""What was found, and what of it needs a person?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ops.status.asking import NotSeen

ALLOW = "Allow it to the role that you use (docs/commands.md#permissions), or look with another --profile."


class Mark(StrEnum):
    """NOTE: worth to know, and no reason to call anybody."""

    WELL = "well"
    NOTE = "note"
    NEEDS_YOU = "needs_you"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One thing that was looked at. `says`: its state in a few words. `facts`: the same for a script, JSON values."""

    part: str
    name: str
    mark: Mark = Mark.WELL
    says: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"part": self.part, "name": self.name, "mark": self.mark.value, "says": self.says, **self.facts}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What needs a person. `what` is one line, `do` a sentence, `commands` are to be pasted, in their order."""

    part: str
    name: str
    what: str
    do: str = ""
    commands: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "part": self.part,
            "name": self.name,
            "what": self.what,
            "do": self.do,
            "commands": list(self.commands),
        }


Judgement = Iterator[Row | Finding]


@dataclass(kw_only=True, slots=True)
class Report:
    environment: str
    region: str
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, judged: Iterable[Row | Finding]) -> None:
        """A thing is counted once: an alarm says nothing new beside the queue that it has its name from."""
        for each in judged:
            if isinstance(each, Row):
                self.rows.append(each)
            elif each.name not in {known.name for known in self.findings}:
                self.findings.append(each)

    def __str__(self) -> str:
        return f"Auth0Events-{self.environment} in {self.region}"

    @property
    def is_healthy(self) -> bool:
        return not self.findings

    @property
    def verdict(self) -> str:
        count = len(self.findings)
        return f"{self}: " + (
            "healthy" if not count else "1 thing needs you" if count == 1 else f"{count} things need you"
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "environment": self.environment,
            "region": self.region,
            "healthy": self.is_healthy,
            "needs_you": [finding.as_json() for finding in self.findings],
            "seen": [row.as_json() for row in self.rows],
        }


def not_seen(part: str, answers: Mapping[str, object]) -> Judgement:
    """What AWS did not answer: it must not look well, nor hide the rest. Each reason once, with what it is about."""
    about: dict[str, list[str]] = {}
    denied = set()
    for name, answer in answers.items():
        if isinstance(answer, NotSeen):
            about.setdefault(answer.reason, []).append(name)
            denied |= {answer.reason} if answer.is_denied else set()
    for reason, names in about.items():
        listed = ", ".join(names)
        yield Row(part=part, name=listed, mark=Mark.NOT_SEEN, says=f"not seen: {reason}", facts={"reason": reason})
        yield Finding(
            part=part,
            name=f"{part}: {reason}",
            what=f"{listed}: not seen: {reason}",
            do=ALLOW if reason in denied else "Look again in a minute.",
        )
