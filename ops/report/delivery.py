"""Were the events of a window delivered?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ops.report.buckets import HOUR

# Of the namespace AWS/Events, each with what a column says of it; from the third on published only when they are
# not zero: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
COUNTED = {
    "MatchedEvents": "matched",
    "Invocations": "calls of targets",
    "RetryInvocationAttempts": "retried",
    "FailedInvocations": "failed for good",
    "InvocationsSentToDlq": "to a dead-letter queue",
    "InvocationsFailedToBeSentToDlq": "refused there",
}
LOST_ITS_WAY = frozenset(list(COUNTED)[3:])
# Milliseconds. AWS's page writes a small "to", programs that read it do not; only one of them has data.
LATENCIES = ("IngestionToInvocationStartLatency", "IngestiontoInvocationStartLatency")
SLOWEST = "p95"  # of the latency, in the slowest step of the window
# For how many seconds CloudWatch keeps data of this period:
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
KEPT = ((60, 15 * 86_400), (300, 63 * 86_400), (HOUR, None))
MOST_STEPS = 1_440


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """`bus` and `name` as metrics name them; `bus_path` as the app does: SimulationBus."""

    bus: str
    name: str
    bus_path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleHealth:
    """`counts`: by metric, None where CloudWatch has no data, which is no zero. `slowest_ms`: see SLOWEST."""

    rule: Rule
    counts: Mapping[str, int | None]
    slowest_ms: int | None

    @property
    def has_data(self) -> bool:
        return self.slowest_ms is not None or any(count is not None for count in self.counts.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A queue of what was not delivered or not processed. `held`: hidden, as another run has them in hand."""

    name: str
    letters: int
    held: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """`rules`: over the window, in steps of `period` seconds. `queues`: now."""

    rules: tuple[RuleHealth, ...]
    queues: tuple[Waiting, ...]
    period: int

    @property
    def undelivered(self) -> int:
        return sum(queue.letters + queue.held for queue in self.queues)

    @property
    def filled(self) -> list[Waiting]:
        return [queue for queue in self.queues if queue.letters + queue.held]

    @property
    def empty(self) -> list[Waiting]:
        return [queue for queue in self.queues if not queue.letters + queue.held]

    @property
    def is_measured(self) -> bool:
        return any(rule.has_data for rule in self.rules)


def period_of(age: float, duration: float) -> int:
    """Seconds of a metric's step for a window that began `age` seconds ago and is `duration` seconds long."""
    for period, kept in KEPT:
        if (kept is None or age < kept) and duration <= period * MOST_STEPS:
            return period
    return HOUR


def health(rule: Rule, values_of: Callable[[Rule, str], Iterable[float]]) -> RuleHealth:
    """`values_of` gives the values of a metric's steps."""
    counts = {metric: total(values_of(rule, metric)) for metric in COUNTED}
    latencies = [round(value) for metric in LATENCIES for value in values_of(rule, metric)]
    return RuleHealth(rule=rule, counts=counts, slowest_ms=max(latencies, default=None))


def total(values: Iterable[float]) -> int | None:
    found = list(values)
    return round(sum(found)) if found else None
