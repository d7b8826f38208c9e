"""Is a value of the input what it has to be, and how is one shown that is not?

Each raises ValueError, one line, with the key.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from lambda_src.printable import printable
from lambda_src.sender.entries import FIRST_YEAR, LAST_YEAR

_LONGEST_VALUE = 60  # characters
_MOST_BITS = 128  # of a number that is shown; Python refuses to write one of more than 4,300 digits


def names(key: str, value: object) -> list[str]:
    """`value`, if it is a list of texts with something in it; the catalogue checks each text."""
    if not isinstance(value, list) or not value:
        raise ValueError(f"{key} is {shown(value)}; expected a list of at least one")
    for place, name in enumerate(value):
        if not isinstance(name, str):
            raise ValueError(f"{key}[{place}] is {shown(name)}; expected a text")  # noqa: TRY004 - every mistake in the input is a ValueError
    return value


def whole_number(key: str, value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{key} is {shown(value)}; expected a whole number from {least:,} to {most:,}")
    return value


def moment(key: str, value: object) -> datetime:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not FIRST_YEAR < found.year < LAST_YEAR:
        raise ValueError(f"{key} is {shown(value)}; expected a time such as 2026-11-25T12:00:00Z")
    return found


def shown(value: object) -> str:
    """A value of the input, as far as it is no event: those hold personal data."""
    if isinstance(value, list):
        return f"a list of {len(value):,}" if value else "an empty list"
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return "a very large number"
    return "an object" if isinstance(value, Mapping) else printable(json.dumps(value), _LONGEST_VALUE)


def listed(names: Iterable[str]) -> str:
    return printable(", ".join(names), _LONGEST_VALUE)
