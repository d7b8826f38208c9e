"""What goes over the wire, to Auth0 and to CloudFormation?"""

import importlib.util
import io
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any

import pytest

from lambda_src.log_stream import handler
from lambda_src.log_stream.answer import ATTEMPTS, NotAnswered, put
from lambda_src.log_stream.exchange import Unreachable
from lambda_src.log_stream.http_call import MOST_BYTES, Https
from tests.unit.lambda_src.log_stream.tenant import event

pytestmark = pytest.mark.local
CONTEXT: Any = SimpleNamespace(
    function_name="f",
    memory_limit_in_mb=256,
    invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:f",
    aws_request_id="1",
    get_remaining_time_in_millis=lambda: 60_000,
)


@dataclass
class Server:
    """Answers with what waits in `answers` (status, headers, body); None breaks the connection."""

    answers: list[tuple[int, dict[str, str], bytes] | None] = field(default_factory=list)
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def handle_request(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told.got.append((f"{self.command} {self.path}", dict(self.headers), body))
            if answer := told.answers.pop(0):
                self.send_response(answer[0])
                for name, value in answer[1].items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer[2])

        do_GET = do_POST = do_PUT = handle_request  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None: ...

    listener = HTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{listener.server_address[1]}"
    threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield told
    listener.shutdown()
    listener.server_close()


def test_an_answer_is_read_with_its_status_headers_and_json(server: Server) -> None:
    server.answers = [(429, {"Retry-After": "3"}, b'{"message": "later"}')]
    answer = Https().send("POST", f"{server.url}/a", body={"name": "é"}, token="token")  # noqa: S106 - of nobody
    assert (answer.status, answer.headers["retry-after"], answer.body) == (429, "3", {"message": "later"})
    ((request, headers, body),) = server.got
    assert request == "POST /a"
    assert headers["Authorization"] == "Bearer token"
    assert (headers["Content-Type"], body) == ("application/json", b'{"name": "\\u00e9"}')


def test_a_redirect_is_not_followed(server: Server) -> None:
    server.answers = [(307, {"Location": f"{server.url}/elsewhere"}, b"")]
    assert Https().send("POST", f"{server.url}/a", token="token").status == 307  # noqa: S106 - of nobody
    assert len(server.got) == 1


def test_what_is_no_json_or_too_long_is_no_body(server: Server) -> None:
    server.answers = [(502, {}, b"<html>"), (200, {}, b"[" + b"1," * MOST_BYTES + b"1]")]
    assert Https().send("GET", server.url).body is None
    assert Https().send("GET", server.url).body is None


def test_a_broken_connection_and_a_closed_port_are_one_word_without_the_address(server: Server) -> None:
    server.answers = [None]
    with pytest.raises(Unreachable, match=r"^the connection broke$"):
        Https().send("GET", f"{server.url}/secret")
    with pytest.raises(Unreachable, match=r"^no connection$"):
        Https().send("GET", "http://127.0.0.1:1/secret")
    assert len(server.got) == 1, "it is for the caller to try again"


def test_urllib3_1_26_is_enough(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A runtime may come with it. All that it lacks is left out here."""
    monkeypatch.delattr("urllib3.exceptions.NameResolutionError")
    spec = importlib.util.find_spec("lambda_src.log_stream.http_call")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server.answers = [(200, {}, b"{}")]
    assert module.Https().send("GET", server.url).status == 200
    with pytest.raises(Unreachable, match=r"^no connection$"):
        module.Https().send("GET", "http://127.0.0.1:1/")


def test_cloudformation_gets_the_answer_once_and_again_only_if_it_did_not_take_it(server: Server) -> None:
    server.answers = [None, (503, {}, b""), (200, {}, b""), (200, {}, b"")]
    put(f"{server.url}/answer?signature=x", b"{}", sleep=lambda _: None)
    assert [(request, body) for request, _, body in server.got] == [("PUT /answer?signature=x", b"{}")] * 3
    assert {headers["Content-Type"] for _, headers, _ in server.got} == {""}, "its signature holds for no other"


def test_an_address_that_takes_no_answer_is_not_repeated_in_the_error(server: Server) -> None:
    server.answers = [(403, {}, b"")] * ATTEMPTS
    with pytest.raises(NotAnswered) as error:
        put(f"{server.url}/answer?signature=x", b"{}", sleep=lambda _: None)
    assert "signature" not in str(error.value)
    assert error.value.__context__ is None


@pytest.mark.parametrize(("properties", "status"), [({}, "SUCCESS"), ({"OnDelete": "burn"}, "FAILED")])
def test_a_request_is_answered_exactly_once_whatever_becomes_of_it(
    server: Server, monkeypatch: pytest.MonkeyPatch, properties: dict[str, str], status: str
) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "eu-west-1")
    monkeypatch.setenv("POWERTOOLS_LOGGER_LOG_EVENT", "true")
    log = io.StringIO()
    monkeypatch.setattr(handler.logger.registered_handler, "stream", log)
    server.answers = [(200, {}, b"")] * 2
    handler.handler(
        event("Delete", "lst_1", **properties) | {"ResponseURL": f"{server.url}/answer?signature=x"}, CONTEXT
    )
    ((request, _, body),) = server.got
    assert request == "PUT /answer?signature=x"
    assert json.loads(body)["Status"] == status
    assert "signature" not in log.getvalue()
