"""How many HTTP requests does boto3's real client make for an event, whatever goes wrong on the way?

Against a server of this process: botocore's own retries, urllib3's and the core's would multiply, and only a count at
the other end shows it.
"""

import json
import socket
import struct
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import boto3
import pytest
from botocore.config import Config

from lambda_src.sender.bus import EventBus
from lambda_src.sender.clients import events_client
from lambda_src.sender.core import MOST_ATTEMPTS, Delivery
from lambda_src.sender.outcomes import Failure
from tests.emulated.lambda_src.sender.conftest import cold_start
from tests.unit.lambda_src.sender.fakes import FakeTime, entries

RESET = 0  # instead of a status: the connection is torn down in the middle of the request
SO_LINGER_AT_ONCE = struct.pack("ii", 1, 0)  # closing sends RST


class EventBridge(ThreadingHTTPServer):
    """Answers every request with `status` and `body`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.status, self.body, self.requests = 500, b"", 0


class Answer(BaseHTTPRequestHandler):
    server: EventBridge

    def do_POST(self) -> None:
        self.server.requests += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.status == RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, SO_LINGER_AT_ONCE)
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        """Silence."""

    def finish(self) -> None:
        if not self.connection._closed:  # torn down: nothing to flush
            super().finish()


@pytest.fixture
def eventbridge(monkeypatch: pytest.MonkeyPatch) -> Iterator[EventBridge]:
    with EventBridge() as server:
        for name, value in (
            ("AWS_DEFAULT_REGION", "eu-west-1"),
            ("AWS_ACCESS_KEY_ID", "testing"),
            ("AWS_SECRET_ACCESS_KEY", "testing"),
            ("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}"),
        ):
            monkeypatch.setenv(name, value)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        cold_start()
        yield server
        events_client().close()
        cold_start()
        server.shutdown()
        thread.join()


def sent(client: object) -> tuple[list[Failure], FakeTime]:
    """What became of one event that is sent through `client`."""
    failures: list[Failure] = []
    time = FakeTime()
    Delivery(
        put_events=EventBus(client, "bus").put_events,  # type: ignore[arg-type] # boto3's own
        give_up=failures.append,
        clock=time.clock,
        deadline=900,
        fail_unattempted=True,
    ).run(entries(1))
    return failures, time


def error(code: str) -> bytes:
    return json.dumps({"__type": code, "message": "why"}).encode()


def entry_failed(code: str) -> bytes:
    return json.dumps({"FailedEntryCount": 1, "Entries": [{"ErrorCode": code, "ErrorMessage": "why"}]}).encode()


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (500, error("InternalException"), "InternalException"),
        (503, b"", "503"),
        (429, error("TooManyRequestsException"), "TooManyRequestsException"),
        (400, error("ThrottlingException"), "ThrottlingException"),
        (200, entry_failed("ThrottlingException"), "ThrottlingException"),
        (200, entry_failed("InternalFailure"), "InternalFailure"),
        (RESET, b"", "ConnectionClosedError"),
    ],
)
def test_a_failure_that_may_pass_is_four_requests_and_not_one_more(
    eventbridge: EventBridge, status: int, body: bytes, code: str
) -> None:
    eventbridge.status, eventbridge.body = status, body
    failures, time = sent(events_client())
    assert eventbridge.requests == MOST_ATTEMPTS == 4
    assert [(failure.code, failure.attempts) for failure in failures] == [(code, 4)]
    assert time.sleeps == [0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, entry_failed("MalformedDetail")),
        (400, error("AccessDeniedException")),
        (413, error("RequestEntityTooLarge")),
    ],
)
def test_a_failure_for_good_is_one_request(eventbridge: EventBridge, status: int, body: bytes) -> None:
    eventbridge.status, eventbridge.body = status, body
    failures, _ = sent(events_client())
    assert eventbridge.requests == 1
    assert [failure.attempts for failure in failures] == [1]


def test_retries_of_botocore_would_show(eventbridge: EventBridge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.retries.standard.time.sleep", lambda _: None)
    retrying = boto3.client("events", config=Config(retries={"total_max_attempts": 3, "mode": "standard"}))
    sent(retrying)
    retrying.close()
    assert eventbridge.requests == 3 * MOST_ATTEMPTS
