"""What was the sender asked to send?"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lambda_src.auth0_events.envelope import parse_any
from lambda_src.auth0_events.generator import generate_logs
from lambda_src.auth0_events.log_types import LOG_TYPES, codes_of, require_known
from lambda_src.printable import printable
from lambda_src.sender.entries import MOST_BYTES, Entry, entry_of

MOST_EVENTS = 100_000
LARGEST_SEED = 2**53 - 1  # the largest whole number that every JSON reader keeps exact
_KEYS_OF_GENERATED = ("count", "types", "categories", "seed")
_LONGEST_VALUE, _LONGEST_ERROR = 60, 400  # characters
_MOST_BITS = 128  # of a number that is shown; Python refuses to write one of more than 4,300 digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`count` events to send. `seed` makes the same logs again; None for events that came with the request.

    `entries` can be read once, and makes generated logs while it is read: they are never all in memory.
    """

    entries: Iterator[Entry]
    count: int
    seed: int | None

    @property
    def is_given(self) -> bool:
        """Whether the events came with the request, so that nobody can make them again."""
        return self.seed is None


def seed_from(request_id: str) -> int:
    """A seed that differs between invocations, so that two plain sends do not make the same log ids."""
    return int.from_bytes(hashlib.sha256(request_id.encode()).digest()[:6])


def parse_request(event: object, *, source: str, default_seed: int, now: datetime) -> Request:
    """The request in the function's input: `{"count", "types" | "categories", "seed"}` or `{"events": [...]}`.

    Without types and categories, logs of every known type. `source` is the source of every event. Given events are all
    checked here, so that nothing is sent of a request with a mistake in it.
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
        raise ValueError(f'the input is {_shown(event)}; expected an object such as {{"count": 10}}')  # noqa: TRY004 - every mistake in the input is a ValueError
    for key in event:
        if key not in (*_KEYS_OF_GENERATED, "events"):
            raise ValueError(f"unknown key {_shown(key)}; expected count, types, categories, seed, or events")
    if "events" in event and len(event) > 1:
        raise ValueError(f"events goes alone; remove it, or {_listed(key for key in event if key != 'events')}")
    if not event.keys() & {"events", "count"}:
        raise ValueError("expected count (how many logs to generate) or events (the ones to send)")
    return event


def _given(events: object, source: str) -> Request:
    if not isinstance(events, list) or not 1 <= len(events) <= MOST_EVENTS:
        raise ValueError(f"events is {_shown(events)}; expected a list of 1 to {MOST_EVENTS:,} events")
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
    count = _whole_number("count", fields["count"], 1, MOST_EVENTS)
    seed = _whole_number("seed", fields.get("seed", default_seed), 0, LARGEST_SEED)
    logs = generate_logs(codes=_codes(fields), count=count, seed=seed, now=now)
    return Request(entries=(entry_of(log, source) for log in logs), count=count, seed=seed)


def _codes(fields: Mapping[str, object]) -> tuple[str, ...]:
    if "types" in fields and "categories" in fields:
        raise ValueError("types and categories exclude each other; remove one of them")
    if "types" in fields:
        return require_known(_names("types", fields["types"]))
    if "categories" not in fields:
        return tuple(LOG_TYPES)
    categories = _names("categories", fields["categories"])
    codes = tuple(code for category in categories for code in codes_of(category))
    if not codes:
        raise ValueError(f"categories {_listed(categories)} have no log types; name one that has")
    return codes


def _names(key: str, value: object) -> list[str]:
    """`value`, if it is a list of texts with something in it; the catalogue checks each text."""
    if not isinstance(value, list) or not value:
        raise ValueError(f"{key} is {_shown(value)}; expected a list of at least one")
    for place, name in enumerate(value):
        if not isinstance(name, str):
            raise ValueError(f"{key}[{place}] is {_shown(name)}; expected a text")  # noqa: TRY004 - every mistake in the input is a ValueError
    return value


def _whole_number(key: str, value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{key} is {_shown(value)}; expected a whole number from {least:,} to {most:,}")
    return value


def _shown(value: object) -> str:
    """A value of the input, as far as it is no event: those hold personal data."""
    if isinstance(value, list):
        return f"a list of {len(value):,}" if value else "an empty list"
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return "a very large number"
    return "an object" if isinstance(value, Mapping) else printable(json.dumps(value), _LONGEST_VALUE)


def _listed(names: Iterable[str]) -> str:
    return printable(", ".join(names), _LONGEST_VALUE)
