"""What does Lambda say to a function?

The part of the Runtime API that AWS's own client uses: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import json
import threading
import time
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ALIVE = 900  # seconds that an invocation may take by its deadline
ARN = "arn:aws:lambda:us-east-1:000000000000:function:bench"
TRACE = "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0"


class RuntimeApi(ThreadingHTTPServer):
    """Gives one function the `events`, one after the other, and no more.

    `asked_at`: when it asked for each, by `time.monotonic()`, the last for one that never comes: its life is over then.
    `answers`: what it answered to each. `failure`: why it did not start, or failed.
    """

    daemon_threads = True

    def __init__(self, events: Sequence[Any]) -> None:
        super().__init__(("127.0.0.1", 0), Calls)
        self.contents = [json.dumps(event).encode() for event in events]
        self.asked_at: list[float] = []
        self.answers: list[Any] = []
        self.failure = ""
        self.is_over = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Calls(BaseHTTPRequestHandler):
    """Of a RuntimeApi."""

    server: RuntimeApi
    protocol_version, disable_nagle_algorithm, wbufsize = "HTTP/1.1", True, -1

    def do_GET(self) -> None:
        api, number = self.server, len(self.server.asked_at)
        api.asked_at.append(time.monotonic())
        if number == len(api.contents):
            api.is_over.set()
            threading.Event().wait(ALIVE)
            return
        headers = {
            "Lambda-Runtime-Aws-Request-Id": str(number),
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + ALIVE) * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": ARN,
            "Lambda-Runtime-Trace-Id": TRACE,
            "Content-Type": "application/json",
        }
        self.answer(200, api.contents[number], headers)

    def do_POST(self) -> None:
        answer = json.loads(self.body() or b"null")
        if self.path.endswith("/error"):
            self.server.failure = f"{answer.get('errorType')}: {answer.get('errorMessage')}"
            self.server.is_over.set()
        self.server.answers.append(answer)
        self.answer(202, b"", {})

    def body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: a line for each call would be in the figures."""
