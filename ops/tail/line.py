"""What is shown of an event?

Names of users and their addresses are personal data, and left out unless they are asked for. What an attacker may have
written (names, connections, ids, an unknown type) becomes one line without control characters, and is never markup.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from rich.text import Text

from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.auth0_events.log_types import LOG_TYPES
from lambda_src.printable import printable
from ops.buses import kind_of
from ops.event_log import Seen
from ops.severity import Severity, severity
from ops.tail.wanted import NEW

LONGEST = 100  # characters of one field
STYLES = {
    Severity.ATTACK: "bold magenta",
    Severity.FAILURE: "red",
    Severity.WARNING: "yellow",
    Severity.NEW: "cyan",
    Severity.INFORMATION: "",
    Severity.SUCCESS: "green",
}
TYPE_WIDTH = 8  # of most codes; longer ones move the rest of their line
SECONDS = len("2026-11-24 12:00:00")


def line(seen: Seen, *, personal: bool) -> Text:
    """When, type, its name, its category, connection, application, log_id; with `personal`, user and IP address."""
    log, known = seen.log, LOG_TYPES.get(seen.log.type)
    text = Text(style=STYLES[severity(log.type)])
    text.append(f"{time_of(seen)[:SECONDS].replace('T', ' ')}  ", style="dim")
    text.append(f"{shown(log.type):{TYPE_WIDTH}}  ", style="bold")
    text.append("  ".join([*([known.name] if known else []), category_of(log)]))
    fields = {"connection": log.connection, "client": log.client_name}
    fields |= {"user": log.user_name, "ip": log.ip} if personal else {}
    for name, value in {**fields, "replay": replay_of(seen), "log_id": log.log_id}.items():
        if value:  # two spaces are a field's end: shown() leaves none in a value
            text.append(f"  {name}=", style="dim").append(shown(value))
    return text


def as_json(seen: Seen, *, personal: bool, whole: bool) -> str:
    """One object on one line; what the log lacks is "". `event` is the whole event, as its targets receive it."""
    log, known = seen.log, LOG_TYPES.get(seen.log.type)
    told: dict[str, Any] = {
        "time": time_of(seen),
        "log_id": log.log_id,
        "type": log.type,
        "name": known.name if known else "",
        "category": category_of(log),
        "severity": severity(log.type),
        "connection": log.connection,
        "client_name": log.client_name,
        "client_id": log.client_id,
        "bus": kind_of(seen.source),
        "source": seen.source,
        "replay": replay_of(seen),
    }
    told |= {"user_name": log.user_name, "ip": log.ip} if personal else {}
    return json.dumps(told | ({"event": seen.event} if whole else {}))


def time_of(seen: Seen) -> str:
    """When it happened, ISO 8601, UTC, milliseconds: the log's date, or else the time of its line in the event log."""
    try:
        moment = datetime.fromisoformat(seen.log.date)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        moment = datetime.fromtimestamp(seen.timestamp_ms / 1_000, tz=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1_000:03}Z"


def category_of(log: Auth0Log) -> str:
    return LOG_TYPES[log.type].category if log.type in LOG_TYPES else NEW


def replay_of(seen: Seen) -> str:
    """The replay that brought it, or "".

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
    """
    return text_of(seen.event, "replay-name")


def text_of(event: Mapping[str, Any], field: str) -> str:
    value = event.get(field)
    return value if isinstance(value, str) else ""


def shown(text: str) -> str:
    return printable(text, LONGEST)
