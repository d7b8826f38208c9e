"""What has become of the canaries?"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from ops.buses import partners
from ops.ends import ENDS
from ops.environment import Environment
from ops.ledger import Row, is_complete
from ops.verify.advice import next_steps
from ops.verify.canary import Canary
from ops.verify.latency import Latency, latencies
from ops.verify.sending import Sent
from ops.verify.watch import GONE, Watch
from ops.verify.whereabouts import Whereabouts
from stacks.route import Route, Target

PARTNER_BUS = (
    "The partner bus was not tested: nobody but AWS's partners can put events on it. Its rules come from the same "
    "templates; a login in the tenant shows whether events come (`{tail}`)."
)


@dataclass(kw_only=True)
class Report:
    """`sent` and `watch` are None before anything was sent; `waited` is false if the run ended before its time.

    `stopped`: routes whose rule takes nothing. `differences`: between the checkout and what is deployed. `notes`: what
    else to know before one trusts the result.
    """

    environment: Environment
    run: str
    canaries: Sequence[Canary]
    routes: Sequence[Route]
    stopped: frozenset[str] = frozenset()
    differences: Sequence[str] = ()
    notes: Sequence[str] = ()
    skip: frozenset[Target] = frozenset()
    sent: Sent | None = None
    watch: Watch | None = None
    waited: bool = False
    was_interrupted: bool = False
    whereabouts: dict[Target, Whereabouts] = field(default_factory=dict)

    def since_ms(self, earlier: float) -> int:
        """`earlier`: seconds before the sender was called."""
        return 0 if self.sent is None else self.sent.at_ms - round(earlier * 1_000)

    def rows(self) -> list[Row]:
        return self.watch.rows() if self.watch else []

    @property
    def is_complete(self) -> bool:
        """Everything came out where it should, nothing anywhere else, and every end could be read to the last."""
        return self.waited and is_complete(self.rows()) and not self.unreadable

    @property
    def unreadable(self) -> dict[Target, str]:
        """Why an end could not be read at the last look."""
        found = self.watch.unreadable if self.watch else {}
        return {target: why_unreadable(self.environment, self.environment.output(ENDS[target].output), code)
                for target, code in found.items()}  # fmt: skip

    @property
    def untested(self) -> list[str]:
        note = PARTNER_BUS.format(tail=self.environment.commands.ops("tail"))
        return [note] if partners(self.environment) else []

    def latencies(self) -> list[Latency]:
        if self.watch is None or self.sent is None:
            return []
        return list(latencies(self.watch.seen, sent_ms=self.sent.at_ms))

    def next_steps(self, row: Row) -> list[str]:
        """What to look at, and what to run, for what is missing of a row."""
        given_up = self.sent.given_up if self.sent else {}
        found = self.whereabouts.get(row.target)
        return list(next_steps(row, given_up, found, self.environment, is_stopped=row.route in self.stopped))

    def as_json(self) -> dict[str, Any]:
        return {
            "environment": str(self.environment),
            "run": self.run,
            "complete": self.is_complete,
            "interrupted": self.was_interrupted,
            "sent": [asdict(canary) for canary in self.canaries] if self.sent else [],
            "clock_offset_seconds": self.sent.offset.seconds if self.sent else None,
            "taken_seconds": self.sent.taken_seconds if self.sent else None,
            "given_up": dict(self.sent.given_up) if self.sent else {},
            "ends": [self.row_as_json(row) for row in self.rows()],
            "latencies": [asdict(latency) for latency in self.latencies()],
            "unreadable": {str(target): reason for target, reason in self.unreadable.items()},
            "skipped": sorted(self.skip),
            "differences": list(self.differences),
            "notes": [*self.notes, *self.untested],
        }

    def row_as_json(self, row: Row) -> dict[str, Any]:
        return {
            "route": row.route,
            "target": row.target.value,
            "expected": len(row.expected),
            "arrived": row.arrived,
            "missing": row.missing,
            "duplicated": row.duplicated,
            "unexpected": row.unexpected,
            "next": self.next_steps(row),
        }


def why_unreadable(environment: Environment, log_group: str, code: str) -> str:
    if code == GONE:
        return f"log group {log_group} is gone: {environment.way_back}"
    return f"log group {log_group} could not be read: {code}; run it again"
