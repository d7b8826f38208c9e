"""What was the sender asked to send?"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lambda_src.auth0_events.envelope import parse_any
from lambda_src.auth0_events.generator import generate_logs
from lambda_src.auth0_events.log_types import LOG_TYPES, codes_of, require_known
from lambda_src.printable import printable
from lambda_src.sender.entries import MOST_BYTES, Entry, entry_of
from lambda_src.sender.input_values import listed, moment, names, shown, whole_number

MOST_EVENTS = 100_000
LARGEST_SEED = 2**53 - 1  # the largest whole number that every JSON reader keeps exact
MOST_LOGS = 10**12  # of a run that many requests make
_KEYS_OF_GENERATED = ("count", "types", "categories", "seed", "first", "at")
_LONGEST_ERROR = 400  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`count` events to send. `seed` makes the same logs again; None for events that came with the request.

    `entries` can be read once, and makes generated logs while it is read: they are never all in memory. `first` is the
    place of the first one in its run.
    """

    entries: Iterator[Entry]
    count: int
    seed: int | None
    first: int = 0

    @property
    def is_given(self) -> bool:
        """Whether the events came with the request, so that nobody can make them again."""
        return self.seed is None


def seed_from(request_id: str) -> int:
    """A seed that differs between invocations, so that two plain sends do not make the same log ids."""
    return int.from_bytes(hashlib.sha256(request_id.encode()).digest()[:6])


def parse_request(event: object, *, source: str, default_seed: int, now: datetime) -> Request:
    """The request in the function's input: `{"count", "types" | "categories", "seed", "first", "at"}`, `{"events"}`.

    Without types and categories, logs of every known type. `first` (0) and `at` (`now`) make it a part of a larger run:
    `count` of its logs from that place on, as they are `at` that moment (ISO 8601), with the same log ids each time.
    `source` is the source of every event. Given events are all checked here, so that nothing is sent of a request with
    a mistake in it.
    Raises ValueError: one line that names the place.
    """
    try:
        fields = _fields(event)
        if "events" in fields:
            return _given(fields["events"], source)
        return _generated(fields, source, default_seed, now)
    except ValueError as error:
        raise ValueError(printable(str(error), _LONGEST_ERROR)) from None


def _fields(event: object) -> Mapping[str, object]:
    if not isinstance(event, Mapping):
        raise ValueError(f'the input is {shown(event)}; expected an object such as {{"count": 10}}')  # noqa: TRY004 - every mistake in the input is a ValueError
    for key in event:
        if key not in (*_KEYS_OF_GENERATED, "events"):
            raise ValueError(f"unknown key {shown(key)}; expected {', '.join(_KEYS_OF_GENERATED)}, or events")
    if "events" in event and len(event) > 1:
        raise ValueError(f"events goes alone; remove it, or {listed(key for key in event if key != 'events')}")
    if not event.keys() & {"events", "count"}:
        raise ValueError("expected count (how many logs to generate) or events (the ones to send)")
    return event


def _given(events: object, source: str) -> Request:
    if not isinstance(events, list) or not 1 <= len(events) <= MOST_EVENTS:
        raise ValueError(f"events is {shown(events)}; expected a list of 1 to {MOST_EVENTS:,} events")
    entries = [_given_entry(place, item, source) for place, item in enumerate(events)]
    return Request(entries=iter(entries), count=len(entries), seed=None)


def _given_entry(place: int, item: object, source: str) -> Entry:
    try:
        entry = entry_of(parse_any(item), source)
    except ValueError as error:
        raise ValueError(f"events[{place}]: {error}") from None
    if entry.size > MOST_BYTES:
        raise ValueError(
            f"events[{place}]: {entry.size:,} bytes as an EventBridge entry; expected at most {MOST_BYTES:,}"
        )
    return entry


def _generated(fields: Mapping[str, object], source: str, default_seed: int, now: datetime) -> Request:
    count = whole_number("count", fields["count"], 1, MOST_EVENTS)
    seed = whole_number("seed", fields.get("seed", default_seed), 0, LARGEST_SEED)
    first = whole_number("first", fields.get("first", 0), 0, MOST_LOGS)
    at = moment("at", fields["at"]) if "at" in fields else now
    logs = generate_logs(codes=_codes(fields), count=count, seed=seed, now=at, first=first)
    return Request(entries=(entry_of(log, source) for log in logs), count=count, seed=seed, first=first)


def _codes(fields: Mapping[str, object]) -> tuple[str, ...]:
    if "types" in fields and "categories" in fields:
        raise ValueError("types and categories exclude each other; remove one of them")
    if "types" in fields:
        return require_known(names("types", fields["types"]))
    if "categories" not in fields:
        return tuple(LOG_TYPES)
    categories = names("categories", fields["categories"])
    codes = tuple(code for category in categories for code in codes_of(category))
    if not codes:
        raise ValueError(f"categories {listed(categories)} have no log types; name one that has")
    return codes
