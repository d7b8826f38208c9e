"""Which events does EventBridge refuse when they are put?

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html, and botocore's `events` model.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

MAX_TOTAL_BYTES = 1_048_576
BUS = re.compile(r"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:\d{12}:event-bus/)?[.\-_A-Za-z0-9]+")
REQUIRED = ("Source", "DetailType", "Detail")
Entry = Mapping[str, Any]


def request_error(entries: Sequence[Entry], *, most: int) -> str | None:
    """Why the whole request fails, or None; `most` is the number of entries that the operation takes."""
    if not 1 <= len(entries) <= most:
        return f"'entries' failed to satisfy constraint: Member must have length between 1 and {most}"
    if bad := [
        name for name in (entry.get("EventBusName") or "default" for entry in entries) if not BUS.fullmatch(name)
    ]:
        return f"Value '{bad[0]}' at 'eventBusName' failed to satisfy constraint: {BUS.pattern}"
    if sum(map(entry_bytes, entries)) > MAX_TOTAL_BYTES:
        return "Total size of the entries in the request is over the limit."
    return None


def entry_bytes(entry: Entry) -> int:
    texts = [*(entry.get(key) or "" for key in REQUIRED), *(entry.get("Resources") or [])]
    return 14 * bool(entry.get("Time")) + sum(len(text.encode(errors="surrogatepass")) for text in texts)


def entry_error(entry: Entry) -> tuple[str, str] | None:
    """The code and the message with which one entry fails while the others go through, or None."""
    for key in REQUIRED:
        if not entry.get(key):
            return "InvalidArgument", f"Parameter {key} is not valid. Reason: {key} is a required argument."
    try:
        is_object = isinstance(json.loads(entry["Detail"], parse_constant=refuse), dict)
    except (ValueError, RecursionError):
        is_object = False
    return None if is_object else ("MalformedDetail", "Detail is malformed.")


def refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity, which Python takes for JSON
