"""What is a log as an entry of PutEvents, and how many bytes does EventBridge count for it?"""

from dataclasses import dataclass
from datetime import UTC, datetime

from lambda_src.auth0_events.envelope import DETAIL_TYPE, Auth0Log, detail_json

# EventBridge takes 1,048,576 bytes a request since 2026-01-29, but an event of exactly that size was accepted and then
# not delivered. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html
MOST_BYTES = 1_000_000
_BYTES_OF_TIME = 14
# A Time that EventBridge refuses would fail the other entries of its request too. No real log is out of here.
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event as it is sent. `detail` is JSON; `time` is when it happened, None if the log does not say."""

    log_id: str
    source: str
    detail: str
    time: datetime | None

    @property
    def size(self) -> int:
        """Bytes, by EventBridge's own rule for an entry."""
        time = 0 if self.time is None else _BYTES_OF_TIME
        return time + len(DETAIL_TYPE) + _bytes(self.source) + _bytes(self.detail)


def entry_of(log: Auth0Log, source: str) -> Entry:
    """`log` as an event of `source`, whatever source it had before. Raises InvalidEnvelope if it has no JSON form."""
    return Entry(log_id=log.log_id, source=source, detail=detail_json(log), time=_moment(log.date))


def _moment(date: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return None
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return moment.astimezone(UTC)


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())
