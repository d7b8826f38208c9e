"""What does a plausible log of a given type look like? The same arguments always give the same log."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from random import Random
from typing import Any

from lambda_src.auth0_events.descriptions import DESCRIPTIONS
from lambda_src.auth0_events.details import DETAILS
from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.auth0_events.families import FAMILY_OF
from lambda_src.auth0_events.log_types import LOG_TYPES, require_known
from lambda_src.auth0_events.templates import Drawer, Draws, prepared
from lambda_src.auth0_events.values import DRAWERS, TENANT

# Auth0's log ids end in a counter that starts near here.
_FIRST_COUNT = 1_223_372_036_854_775_808
# How long before `now` a log happened: what deliveries by Auth0 were seen to take.
_SHORTEST_LAG_MS, _LONGEST_LAG_MS = 10_000, 15_000


def generate_logs(*, codes: Sequence[str], count: int, seed: int, now: datetime, first: int = 0) -> Iterator[Auth0Log]:
    """`count` logs from the number `first` on, the codes in turn, each made when it is asked for.

    Memory does not grow with `count`. A part of a run has the logs that the whole has in these places.

    Before the first log, raises UnknownLogType for an unknown code and ValueError for no codes at all, a negative
    `count`, or a `now` without a time zone.
    """
    known = require_known(codes)
    if count < 0 or (count and not known):
        raise ValueError(f"cannot make {count} logs of {len(known)} log types; expected 0 or more of at least 1")
    _require_time_zone(now)
    places = range(first, first + count)
    return (_generated(known[index % len(known)], seed=seed, index=index, now=now) for index in places)


def generate_log(code: str, *, seed: int, index: int, now: datetime) -> Auth0Log:
    """The log number `index` (from 0) of a run with `seed`, if it is of type `code`.

    `date` is 10 to 15 s before `now`. The log id is unique over seed, index and code. No log depends on another one.
    Raises UnknownLogType; ValueError for a `now` without a time zone.
    """
    require_known((code,))
    _require_time_zone(now)
    return _generated(code, seed=seed, index=index, now=now)


def _generated(code: str, *, seed: int, index: int, now: datetime) -> Auth0Log:
    random = _random(code, seed=seed, index=index)
    moment = now.astimezone(UTC) - timedelta(milliseconds=random.randrange(_SHORTEST_LAG_MS, _LONGEST_LAG_MS))
    draws = Draws(DRAWERS, random=random, moment=moment)
    draws["from_connection"] = random.choice(FAMILY_OF[code].connections)
    return _log(code, draws, log_id=_log_id(code, seed=seed, index=index, moment=moment))


def tell_log(code: str, *, seed: int, index: int, moment: datetime, known: Mapping[str, Any]) -> Auth0Log:
    """The log number `index` of a story with `seed`, which happened at `moment`.

    `known` are the values that it shares with other logs of the story, by their names in `values.DRAWERS`: the
    `person`, the `ip`; `from_connection` is a Connection. All others are drawn. The log id is unique as generate_log's.
    Raises UnknownLogType; ValueError for a name that is no value's, for a connection by which no log of this type
    comes, and for a `moment` without a time zone.
    """
    require_known((code,))
    _require_time_zone(moment)
    if unknown := sorted(known.keys() - DRAWERS.keys() - {"from_connection"}):
        raise ValueError(f"no value of a log is called {', '.join(unknown)}; expected names in values.DRAWERS")
    connections = FAMILY_OF[code].connections
    random = _random(code, seed=seed, index=index)
    draws = Draws(DRAWERS, random=random, moment=moment.astimezone(UTC))
    draws["from_connection"] = random.choice(connections)
    draws.update(known)
    if draws["from_connection"] not in connections:
        expected = ", ".join(connection.name for connection in connections)
        raise ValueError(f"no log of type {code} comes by {draws['from_connection'].name}; expected {expected}")
    return _log(code, draws, log_id=_log_id(code, seed=seed, index=index, moment=draws.moment))


def _random(code: str, *, seed: int, index: int) -> Random:
    return Random(f"{seed} {index} {code}")  # noqa: S311 - plausible values are no secrets


@cache
def _template(code: str) -> Drawer:
    """What makes the fields of a log of this type, without its id. Of as many types as were asked for."""
    details = {"details": DETAILS[code]} if code in DETAILS else {}
    return prepared(
        {
            "date": "{now}",
            "type": code,
            "description": DESCRIPTIONS.get(code, LOG_TYPES[code].name),
            **FAMILY_OF[code].fields,
            "tenant_name": TENANT,
            "environment_name": "prod-eu-1",
            **details,
        }
    )


def _log(code: str, draws: Draws, *, log_id: str) -> Auth0Log:
    data: dict[str, Any] = _template(code)(draws)
    data["log_id"] = log_id
    return Auth0Log(log_id=log_id, type=code, data=data)


def _log_id(code: str, *, seed: int, index: int, moment: datetime) -> str:
    """56 digits, as Auth0's: 900, the time to the microsecond, 14 of the run and type, a counter."""
    time = f"{moment.year:04d}{moment.month:02d}{moment.day:02d}"
    time += f"{moment.hour:02d}{moment.minute:02d}{moment.second:02d}{moment.microsecond:06d}"
    return f"900{time}{_run(code, seed)}{_FIRST_COUNT + index}"


@lru_cache(maxsize=1_024)
def _run(code: str, seed: int) -> str:
    digest = hashlib.blake2b(f"{seed} {code}".encode(), digest_size=8).digest()
    return f"{int.from_bytes(digest) % 10**14:014d}"


def _require_time_zone(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; expected one, such as UTC")
