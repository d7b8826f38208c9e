"""What stands in for AWS and for time in the tests of the functions?"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.compat import HTTPHeaders

from lambda_src.sender.core import Clock
from lambda_src.sender.entries import Entry
from lambda_src.sender.outcomes import Failure, Refusal

THROTTLED = Refusal(code="ThrottlingException", message="Rate exceeded", is_retryable=True)
FAILING = Refusal(code="InternalFailure", message="Try again", is_retryable=True)  # passes, and asks for no slower pace
MALFORMED = Refusal(code="MalformedDetail", message="Detail is malformed.", is_retryable=False)


class FakeContext(LambdaContext):
    """An invocation with `seconds` left."""

    def __init__(self, seconds: float = 900, request_id: str = "request-1") -> None:
        self._function_name = "function"
        self._memory_limit_in_mb = 256
        self._invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:function"
        self._aws_request_id = request_id
        self._seconds = seconds

    def get_remaining_time_in_millis(self) -> int:  # type: ignore[override] # powertools declares it static
        return int(self._seconds * 1000)


@dataclass
class FakeTime:
    """Time that passes only when somebody sleeps; `jitter` is what `random` gives."""

    now: float = 0.0
    jitter: float = 1.0
    sleeps: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.sleeps.append(seconds)
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.now, sleep=self.sleep, random=lambda: self.jitter)


class FakeWire:
    """Answers a boto3 client's PutEvents requests, before anything leaves the process."""

    def __init__(self, answer: Callable[[list[dict[str, Any]]], tuple[int, dict[str, Any]]]) -> None:
        self._answer = answer
        self.requests: list[list[dict[str, Any]]] = []

    def tap(self, client: Any) -> None:
        client.meta.events.register_first("before-send.events.PutEvents", self._respond)

    def _respond(self, request: AWSRequest, **_: object) -> AWSResponse:
        self.requests.append(json.loads(request.body)["Entries"])
        status, body = self._answer(self.requests[-1])
        return AWSResponse("https://events", status, HTTPHeaders(), FakeBody(json.dumps(body).encode()))


class FakeBody:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> list[bytes]:
        return [self._content]


@dataclass
class FakeBus:
    """Answers each entry by `answer(log_id, attempt)`; a request takes `seconds`."""

    answer: Callable[[str, int], Refusal | None]
    time: FakeTime
    seconds: float = 0.0
    requests: list[tuple[float, list[str]]] = field(default_factory=list)
    attempts: dict[str, int] = field(default_factory=dict)

    def put_events(self, entries: Sequence[Entry]) -> list[Refusal | None]:
        self.requests.append((self.time.now, [entry.log_id for entry in entries]))
        self.time.now += self.seconds
        for entry in entries:
            self.attempts[entry.log_id] = self.attempts.get(entry.log_id, 0) + 1
        return [self.answer(entry.log_id, self.attempts[entry.log_id]) for entry in entries]

    def times_of(self, log_id: str) -> list[float]:
        return [moment for moment, log_ids in self.requests if log_id in log_ids]


def entry(log_id: str = "1", *, detail_bytes: int = 2) -> Entry:
    return Entry(log_id=log_id, source="simulation/auth0.com/test", detail="x" * detail_bytes, time=None)


def entries(count: int) -> Iterator[Entry]:
    return (entry(str(number)) for number in range(count))


def failure(log_id: str = "1", *, detail: str = '{"log_id":"1"}', code: str = "Code", message: str = "Why") -> Failure:
    given = Entry(log_id=log_id, source="simulation/auth0.com/test", detail=detail, time=None)
    return Failure(entry=given, code=code, message=message, attempts=4)
