"""What would be replayed, and what should the operator know before?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from ops.aws import OpsError
from ops.replay.buses import ArchivedBus
from ops.replay.rules import Rule
from ops.window import Window

# An event may be so late in the archive: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
ARCHIVED_AFTER = timedelta(minutes=10)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """`counts`: events of the window by rule, as the event log has them; None: unknown. `uncounted`: why none are."""

    environment: str
    bus: ArchivedBus
    window: Window
    rules: Sequence[Rule]
    counts: Mapping[str, int | None] = field(default_factory=dict)
    uncounted: str = ""

    def warnings(self, now: datetime) -> Iterator[str]:
        if self.uncounted:
            yield f"the events are not counted: {self.uncounted}"
        if self.window.end > now - ARCHIVED_AFTER:
            yield (
                "the window ends less than 10 minutes ago: what has not reached the archive yet is not replayed; AWS "
                "advises to wait so long"
            )
        if self.bus.kept_days and self.window.start < now - timedelta(days=self.bus.kept_days):
            yield f"the archive keeps {self.bus.kept_days} days: what is older is gone"
        if self.window.start < self.bus.created:
            yield f"the archive is younger than the window: nothing is in it from before {utc(self.bus.created)}"
        if self.bus.state != "ENABLED":
            yield f"the archive is {self.bus.state}"
        for rule in self.rules:
            if not rule.is_enabled:
                yield f"rule {rule.name} is disabled: it takes nothing until somebody enables it"

    def as_json(self, now: datetime) -> dict[str, Any]:
        return {
            "environment": self.environment,
            "bus": self.bus.kind,
            "archive": self.bus.archive,
            "window": window_as_json(self.window),
            "rules": [
                {"rule": rule.name, "targets": [*rule.targets], "events": self.counts.get(rule.name)}
                for rule in self.rules
            ],
            "warnings": [*self.warnings(now)],
        }


def whole_seconds(window: Window, now: datetime) -> Window:
    """The smallest window of whole seconds around it that is past, because AWS takes no parts of a second.

    Raises OpsError if it is empty.
    """
    end = window.end.replace(microsecond=0)
    if end < window.end <= now - SECOND:
        end += SECOND
    found = Window(start=window.start.replace(microsecond=0), end=end)
    if found.start >= found.end:
        raise OpsError(f"the window {window} holds no whole second of the past: choose --since, --until")
    return found


def utc(time: datetime) -> str:
    """As an operator may give it back to --since."""
    return f"{datetime.fromtimestamp(time.timestamp(), tz=UTC):%Y-%m-%dT%H:%M:%SZ}"


def window_as_json(window: Window) -> dict[str, str]:
    return {"since": utc(window.start), "until": utc(window.end)}
