"""Which files of logs do the tests send?"""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError

PERSON = "ada.lovelace@example.com"


def log(number: int, **more: Any) -> dict[str, Any]:
    """A bare log, as the Management API answers it."""
    return {"date": "2026-11-24T12:00:00.000Z", "type": "s", "log_id": f"log-{number}", "user_name": PERSON, **more}


def ndjson(*items: object) -> bytes:
    return b"".join((each if isinstance(each, bytes) else json.dumps(each).encode()) + b"\n" for each in items)


def numbers(ids: list[str]) -> list[int]:
    return [int(each.removeprefix("log-")) for each in ids]


class Piped:
    """What stands for `sys.stdin` when something is piped in."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


class Bus:
    """What the sender was given, by its payloads. `answer` may raise or change what it says."""

    def __init__(self) -> None:
        self.deployment = "arn:aws:cloudformation:eu-west-1:123456789012:stack/Auth0Events-dev-Sender/one"
        self.log_ids: list[str] = []
        self.payloads: list[Mapping[str, Any]] = []
        self.before: Callable[[Mapping[str, Any]], None] = lambda _: None
        self.after: Callable[[Mapping[str, Any]], None] = lambda _: None
        self.failing: Mapping[str, str] = {}

    def send(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """As the sender answers."""
        self.before(payload)
        self.payloads.append(payload)
        ids = [event["log_id"] for event in payload.get("events", [])]
        self.log_ids += ids
        self.after(payload)
        failures = [{"log_id": each, "code": self.failing[each]} for each in ids if each in self.failing]
        count = len(ids) or payload["count"]
        return {"sent": count - len(failures), "retried": len(failures), "failed": len(failures), "failures": failures}


def refused(status: int, code: str, message: str = "no") -> ClientError:
    """By Lambda, with the HTTP status that says whether it has called the function."""
    told: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(told, "Invoke")


def times(number: int, error: BaseException) -> Callable[[object], None]:
    """Raises at the call with this number, from 1."""
    calls: Iterator[int] = iter(range(1, 1_000_000))

    def at(_: object) -> None:
        if next(calls) == number:
            raise error

    return at


def pipe(patch: pytest.MonkeyPatch, content: bytes) -> None:
    patch.setattr("sys.stdin", Piped(content))
