"""What can come back from a request?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class Unreachable(Exception):
    """Nothing usable came back. Whether the request was carried out is unknown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """`headers` have lower-case names; `body` is None where it is no JSON."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def is_well(self) -> bool:
        return 200 <= self.status < 300
