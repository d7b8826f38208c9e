"""How long were the events under way?

Auth0 writes `data.date` to the millisecond, EventBridge writes `time` in whole seconds, and CloudWatch notes to the
millisecond when it took a line: so the whole way is exact to the clocks of Auth0 and AWS, its two parts to a second.
"""

from datetime import UTC, datetime

from lambda_src.auth0_events.envelope import SIMULATION_SOURCE_PREFIX
from ops.event_log import Seen
from ops.report.buckets import UNIX, Buckets
from ops.report.spread import Spread


class Latency:
    """`whole`: from Auth0's date until the event log had it; `to_bus` and `to_log` are its parts.

    `undated`: events without a date or a time that can be read; `simulated` ones have times that are made up. Neither
    are in the spreads. `over_time`: the whole way, by number of the bucket.
    """

    def __init__(self, buckets: Buckets) -> None:
        self.whole = Spread()
        self.to_bus = Spread()
        self.to_log = Spread()
        self.over_time = [Spread() for _ in range(buckets.count)]
        self.undated = 0
        self.simulated = 0

    @property
    def why_none(self) -> str:
        """Where no event is in it."""
        return "simulated events have made-up times" if self.simulated else "no event has a date"

    def add(self, seen: Seen, bucket: int) -> None:
        if seen.source.startswith(SIMULATION_SOURCE_PREFIX):
            self.simulated += 1
            return
        happened = moment_ms(seen.log.date)
        came = moment_ms(seen.event.get("time"))
        if happened is None or came is None:
            self.undated += 1
            return
        self.whole.add(seen.written_ms - happened)
        self.over_time[bucket].add(seen.written_ms - happened)
        self.to_bus.add(came - happened)
        self.to_log.add(seen.written_ms - came)


def moment_ms(text: object) -> int | None:
    """Milliseconds since 1970 of an ISO 8601 time, which is UTC unless it says otherwise; None if it is none."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return round((zoned - UNIX).total_seconds() * 1_000)
    except (ValueError, OverflowError):
        return None
