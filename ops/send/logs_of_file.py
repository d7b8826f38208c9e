"""Which log is in a JSON text of a file, and can it be sent?"""

import json

from lambda_src.auth0_events.envelope import InvalidEnvelope, parse_any
from lambda_src.sender.entries import MOST_BYTES, entry_of
from ops.send.portion import Given, Mark
from ops.send.raw import Raw


class BadLog(Exception):
    """It cannot be sent. One line: what is wrong, never what is in it (personal data)."""


def given_of(raw: Raw, *, source: str, digest: str, skipped: int) -> Given:
    """By the sender's own rules, so that it refuses no request. `source`: of the events on the bus. Raises BadLog.

    `digest` and `skipped` are the mark's.
    """
    item = json_of(raw)
    if isinstance(item, dict) and isinstance(item.get("logs"), list) and "type" not in item:
        raise BadLog("a page of the Management API with totals, no log: take its logs (`jq -c '.logs[]'`)")
    try:
        log = parse_any(item)
        entry = entry_of(log, source)
    except InvalidEnvelope as error:
        raise BadLog(str(error)) from None
    if entry.size > MOST_BYTES:
        raise BadLog(f"{entry.size:,} bytes as an EventBridge entry; expected at most {MOST_BYTES:,}")
    mark = Mark(number=raw.number, digest=digest, skipped=skipped)
    return Given(detail=entry.detail, type=log.type, moment=entry.time, place=raw.place, mark=mark)


def json_of(raw: Raw) -> object:
    if raw.is_too_long:
        raise BadLog(f"more than {len(raw.text):,} bytes")
    try:
        return json.loads(raw.text)
    except UnicodeDecodeError:
        raise BadLog("no UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadLog(f"no JSON: {error.msg} at character {error.pos + 1}") from None
    except (ValueError, RecursionError):
        raise BadLog("a number too long, or nested too deeply") from None
