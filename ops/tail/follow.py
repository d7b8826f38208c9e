"""Which events has the event log got since the last look?

It is asked again and again (FilterLogEvents), as `aws logs tail --follow` does, because CloudWatch's Live Tail shows no
past, samples what is more than 500 events a second, ends after three hours and costs by the minute.
https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from ops.event_log import Seen
from ops.window import Window

# CloudWatch takes an event whose time is two hours ahead of its own clock, and ours may be slow.
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
AHEAD = timedelta(days=1)
# Lines come late and out of order, so each look begins so long before the newest line of those before it.
OVERLAP = timedelta(minutes=1)
Read = Callable[[Window], Iterable[Seen]]


def follow(read: Read, since: datetime, now: Callable[[], datetime]) -> Iterator[Seen | None]:
    """Each line of the log since then once, for ever, as it comes; None at the end of each look, where one may wait.

    What is written with a time more than OVERLAP before the newest line's is not seen. Memory holds the overlap's ids.
    """
    known: dict[str, int] = {}  # the time of each line that was given
    start = since
    while True:
        window = Window(start=start, end=now() + AHEAD)
        known = {id_: time for id_, time in known.items() if time >= window.start_ms}
        for seen in read(window):
            if seen.id not in known:
                known[seen.id] = seen.timestamp_ms
                yield seen
        yield None
        start = next_start(start, known.values(), now())


def next_start(start: datetime, times: Iterable[int], now: datetime) -> datetime:
    """A line from the future must not hide those of the present."""
    newest = min(max(times, default=0) / 1_000, now.timestamp())
    return max(start, datetime.fromtimestamp(newest, tz=start.tzinfo) - OVERLAP)
