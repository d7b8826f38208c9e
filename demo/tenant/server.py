"""How is the stand-in reached over HTTP, and how does it fail when it is asked to?"""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from demo.tenant.log_streams import LogStreams, Partner
from demo.tenant.replies import Reply
from demo.tenant.tenant import Application, Tenant

HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What the next request to `method` and `path` (its beginning) gets in place of its answer.

    `reply` None: the connection breaks, after the request was carried out if `carried_out`.
    """

    method: str
    path: str
    reply: Reply | None = None
    carried_out: bool = False


@dataclass
class TenantServer:
    """As a context manager, it answers at `url` on this machine. `seen`: method and path of each request."""

    partner: Partner
    applications: list[Application] = field(default_factory=lambda: [Application()])
    faults: list[Fault] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tenant = Tenant(LogStreams(self.partner), {each.client_id: each for each in self.applications})
        self.lock = threading.Lock()
        self.at(f"http://{HOST}:1")

    def at(self, url: str) -> None:
        self.url, self.tenant.audience = url, f"{url}/api/v2/"

    @property
    def streams(self) -> LogStreams:
        return self.tenant.streams

    @property
    def secret_text(self) -> str:
        """The JSON of a secret for its first application."""
        first = self.applications[0]
        return json.dumps({"domain": self.url, "client_id": first.client_id, "client_secret": first.client_secret})

    def answer(self, method: str, path: str, headers: Any, body: Any) -> Reply | None:
        """None: break the connection."""
        with self.lock:
            self.seen.append(f"{method} {path}")
            fault = next((f for f in self.faults if f.method == method and path.startswith(f.path)), None)
            if not fault:
                return self.tenant.answer(method, path, headers, body)
            self.faults.remove(fault)
            if fault.carried_out:
                self.tenant.answer(method, path, headers, body)
            return fault.reply

    def __enter__(self) -> Self:
        self.listener = ThreadingHTTPServer((HOST, 0), handler_of(self))
        self.listener.daemon_threads = True
        self.at(f"http://{HOST}:{self.listener.server_address[1]}")
        threading.Thread(target=self.listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.shutdown()
        self.listener.server_close()


def handler_of(server: TenantServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_request(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            reply = server.answer(self.command, self.path, self.headers, json.loads(content or b"null"))
            if reply is None:
                self.close_connection = True
                return
            text = b"" if reply.body is None else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = do_DELETE = handle_request  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Nothing: the terminal is the demo's."""

    return Handler
