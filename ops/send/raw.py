"""How is a file of logs taken apart, whatever its layout?

One JSON text a line; or JSON texts over many lines, on their own or in arrays, as `jq` and the Management API write
them. Neither is ever in memory as a whole.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from ops.send.json_texts import Unreadable, texts

MOST_BYTES = 8_000_000  # of one JSON text: more than any event that EventBridge takes, however it is written
CHUNK = 1 << 20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
GZIP = b"\x1f\x8b"
Read = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A JSON text of a file, not read yet. `place`: for a person; `is_too_long`: `text` is only its beginning."""

    number: int
    place: str
    text: bytes
    is_too_long: bool = False


def raws(readline: Read, read: Read) -> Iterator[Raw]:
    """`readline` and `read` take the most bytes to give, as a binary file's. Raises Unreadable for what is no JSON.

    Blank lines are left out, and counted.
    """
    blank, first = 0, readline(MOST_BYTES).removeprefix(BYTE_ORDER_MARK)
    while first and not first.strip():
        blank, first = blank + 1, readline(MOST_BYTES)
    if first.startswith(GZIP):
        raise Unreadable("it is compressed: `gunzip -c FILE | python -m ops send --file -`")
    if b"\0" in first[:4]:
        raise Unreadable("it is UTF-16, expected UTF-8: `iconv -f UTF-16 -t UTF-8 FILE | python -m ops send --file -`")
    if first and not first.lstrip().startswith((b"{", b"[")):
        raise Unreadable("it is no JSON: expected one log a line, or an array of logs")
    if spans_lines(first):
        chunks = chain([first], iter(lambda: read(CHUNK), b""))
        for number, text in enumerate(texts(chunks, most=MOST_BYTES), start=1):
            yield Raw(number=number, place=f"log {number:,}", text=text)
    else:
        yield from lines(first, readline, start=blank + 1)


def spans_lines(first: bytes) -> bool:
    """Whether the first line opens what it does not close."""
    if first.lstrip().startswith(b"["):
        return True
    try:
        json.loads(first)
    except json.JSONDecodeError as error:
        return error.pos >= len(error.doc.rstrip())
    except (ValueError, RecursionError):
        return False
    return False


def lines(first: bytes, readline: Read, *, start: int) -> Iterator[Raw]:
    number, line = start, first
    while line:
        is_too_long = len(line) >= MOST_BYTES and not line.endswith(b"\n")
        if line.strip():
            yield Raw(number=number, place=f"line {number:,}", text=line.strip(), is_too_long=is_too_long)
        while len(line) >= MOST_BYTES and not line.endswith(b"\n"):
            line = readline(MOST_BYTES)
        number, line = number + 1, readline(MOST_BYTES)
