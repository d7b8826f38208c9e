"""Which events should have reached which target's end, and which did?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stacks.route import Route, Target


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One route and target: log_ids, each list sorted."""

    route: str
    target: Target
    expected: list[str]
    missing: list[str]
    duplicated: list[str]
    unexpected: list[str]

    @property
    def arrived(self) -> int:
        return len(self.expected) - len(self.missing)

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.unexpected


def compare(sent: Mapping[str, str], arrivals: Mapping[Target, Counter[str]], routes: Sequence[Route]) -> list[Row]:
    """One row for each route and target that has an end in `arrivals`.

    `sent` gives the log type of each log_id; `arrivals` how often each log_id was seen at a target's end. A log_id at
    an end that no route leads it to is unexpected: a pattern that matches too much is as wrong as one that matches
    nothing.
    """
    return [
        row(route, target, sent, arrivals[target], routes)
        for route in routes
        for target in route.targets
        if target in arrivals
    ]


def row(route: Route, target: Target, sent: Mapping[str, str], seen: Counter[str], routes: Sequence[Route]) -> Row:
    expected = takes(route, sent)
    owed = {log_id for other in routes if target in other.targets for log_id in takes(other, sent)}
    return Row(
        route=route.name,
        target=target,
        expected=sorted(expected),
        missing=sorted(expected - seen.keys()),
        duplicated=sorted(log_id for log_id in expected if seen[log_id] > 1),
        unexpected=sorted(seen.keys() - owed),
    )


def takes(route: Route, sent: Mapping[str, str]) -> set[str]:
    """The log_ids that the route's pattern is meant to match; no types listed means all."""
    return {log_id for log_id, log_type in sent.items() if route.takes(log_type)}


def is_complete(rows: Iterable[Row]) -> bool:
    return all(row.is_complete for row in rows)
