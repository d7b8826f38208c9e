"""What do the events of a window come to?"""

from collections import Counter
from collections.abc import Iterable, Mapping

from lambda_src.activity.counted_types import ATTACKS, METRICS
from lambda_src.auth0_events.envelope import SIMULATION_SOURCE_PREFIX
from lambda_src.auth0_events.log_types import LOG_TYPES
from ops.event_log import Seen
from ops.report.buckets import Buckets
from ops.report.latency import Latency
from ops.report.tally import Tally

UNKNOWN = "not in the catalogue"  # a category for codes that Auth0 has added since
NO_CONNECTION = "(no connection)"
SUCCESS, FAILURE = "success", "failure"
# As the dashboard counts them: docs/operations.md
OUTCOMES: Mapping[str, str] = {
    **dict.fromkeys(METRICS["Logins"], SUCCESS),
    **dict.fromkeys(METRICS["FailedLogins"], FAILURE),
}
ATTACK_TYPES = frozenset(ATTACKS)


class Counts:
    """Events are counted and forgotten. `…_over_time`: by number of the bucket and name.

    An event that was delivered twice is counted twice: to know it again would take memory for each. One that a replay
    brought is `replayed` and nothing else: it happened before, most often was counted then, and its way says nothing.
    """

    def __init__(self, buckets: Buckets, *, with_people: bool = False) -> None:
        self.buckets = buckets
        self.with_people = with_people
        self.events = 0
        self.simulated = 0
        self.replayed = 0
        self.by_type = Tally()
        self.categories_over_time: Counter[tuple[int, str]] = Counter()
        self.logins_over_time: Counter[tuple[int, str]] = Counter()
        self.attacks_over_time: Counter[tuple[int, str]] = Counter()
        self.failed_by_connection = Tally()
        self.failed_by_user = Tally()
        self.failed_by_address = Tally()
        self.latency = Latency(buckets)

    def add(self, seen: Seen) -> None:
        if seen.is_replayed:
            self.replayed += 1
            return
        bucket = self.buckets.index(seen.timestamp_ms)
        code = seen.log.type
        self.events += 1
        self.simulated += seen.source.startswith(SIMULATION_SOURCE_PREFIX)
        self.by_type.add(code)
        known = LOG_TYPES.get(code)
        self.categories_over_time[bucket, known.category if known else UNKNOWN] += 1
        if code in ATTACK_TYPES:
            self.attacks_over_time[bucket, code] += 1
        if outcome := OUTCOMES.get(code):
            self.logins_over_time[bucket, outcome] += 1
            if outcome == FAILURE:
                self._failed(seen)
        self.latency.add(seen, bucket)

    def _failed(self, seen: Seen) -> None:
        self.failed_by_connection.add(seen.log.connection or NO_CONNECTION)
        if self.with_people:
            user = seen.log.data.get("user_name")
            self.failed_by_user.add(user if isinstance(user, str) and user else "(no name)")
            self.failed_by_address.add(seen.log.ip or "(no address)")

    @property
    def categories(self) -> Counter[str]:
        return totals(self.categories_over_time)

    @property
    def logins(self) -> Counter[str]:
        return totals(self.logins_over_time)

    @property
    def attacks(self) -> Counter[str]:
        return totals(self.attacks_over_time)

    @property
    def failure_rate(self) -> float | None:
        """Of the logins, from 0 to 1; None where nobody tried."""
        tries = self.logins.total()
        return self.logins[FAILURE] / tries if tries else None


def totals(over_time: Mapping[tuple[int, str], int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (_, name), count in over_time.items():
        found[name] += count
    return found


def count(events: Iterable[Seen], buckets: Buckets, *, with_people: bool = False) -> Counts:
    counts = Counts(buckets, with_people=with_people)
    for seen in events:
        counts.add(seen)
    return counts
