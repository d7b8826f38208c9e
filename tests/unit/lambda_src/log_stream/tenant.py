"""An Auth0 tenant without a network, and a clock that nobody waits for."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from demo.tenant.server import TenantServer
from demo.tenant.tenant import Application
from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.log_stream.attempts import Attempts, Clock
from lambda_src.log_stream.core import Keeper
from lambda_src.log_stream.credentials import read_credentials
from lambda_src.log_stream.exchange import Answer, Unreachable
from lambda_src.log_stream.tenant import Tenant
from lambda_src.log_stream.wanted import Request, read_request

ACCOUNT, REGION, SECRET = "123456789012", "eu-west-1", "auth0/example"
CLIENT_SECRET = "correct-horse-battery-staple"  # noqa: S105 - of nobody
SOURCE = "aws.partner/auth0.com/example-tenant-"
DEADLINE = 200.0


@dataclass
class Partner:
    """Auth0's account in AWS: the names of its event sources, and what was put on each."""

    sources: dict[str, list[str]] = field(default_factory=dict)

    def create_event_source(self, *, customer_account: str, name: str) -> None:
        self.sources[name] = []

    def delete_event_source(self, *, customer_account: str, name: str) -> None:
        del self.sources[name]

    def send(self, logs: Iterable[Auth0Log], *, source: str) -> dict[str, str]:
        sent = {log.log_id: log.type for log in logs}
        self.sources[source] += sent
        return sent


@dataclass
class InProcess:
    """The stand-in's answers, as if they had come over the network."""

    server: TenantServer

    def send(self, method: str, url: str, *, body: Mapping[str, Any] | None = None, token: str | None = None) -> Answer:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        reply = self.server.answer(method, url.removeprefix(self.server.url), headers, body)
        if reply is None:
            raise Unreachable("the connection broke")
        content = json.loads(json.dumps(reply.body))
        return Answer(status=reply.status, headers={n.lower(): v for n, v in reply.headers.items()}, body=content)


@dataclass
class World:
    """`waited`: the pauses that were made. `shown`: the event sources that were waited for."""

    server: TenantServer
    partner: Partner
    waited: list[float] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    now: float = 0.0

    def clock(self) -> Clock:
        return Clock(now=lambda: self.now, wall=lambda: 1_800_000_000 + self.now, sleep=self.sleep, random=lambda: 0.5)

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds

    def log_in(self, secret: str) -> Tenant:
        credentials = read_credentials(secret, self.server.secret_text, on_local_aws=True)
        return Tenant(credentials, InProcess(self.server), Attempts(clock=self.clock(), deadline=DEADLINE))

    def keeper(self) -> Keeper:
        return Keeper(tenant=self.log_in, wait_for=self.shown.append)

    def create(self, **properties: Any) -> str | None:
        """The stream's id."""
        keeper = self.keeper()
        keeper.carry_out(request("Create", **properties))
        return keeper.stream_id

    def update(self, stream_id: str | None, **properties: Any) -> str | None:
        keeper = self.keeper()
        keeper.carry_out(request("Update", stream_id, **properties))
        return keeper.stream_id

    def delete(self, stream_id: str | None, **properties: Any) -> None:
        self.keeper().carry_out(request("Delete", stream_id, **properties))

    @property
    def streams(self) -> dict[str, dict[str, Any]]:
        return self.server.streams.streams

    @property
    def calls(self) -> list[str]:
        """Those to the Management API."""
        return [each.replace("/api/v2/log-streams", "streams") for each in self.server.seen if "oauth" not in each]


def world(**application: Any) -> World:
    partner = Partner()
    server = TenantServer(partner, [Application(client_secret=CLIENT_SECRET, **application)])
    return World(server, partner)


def request(kind: str, stream_id: str | None = None, **properties: Any) -> Request:
    return read_request(event(kind, stream_id, **properties))


def event(kind: str, stream_id: str | None = None, **properties: Any) -> dict[str, Any]:
    """As CloudFormation sends it: every value is text."""
    defaults = {"SecretName": SECRET, "Name": "to aws", "AccountId": ACCOUNT, "Region": REGION}
    sent: dict[str, Any] = {
        "RequestType": kind,
        "StackId": "arn:aws:cloudformation:eu-west-1:123456789012:stack/Auth0Events-dev-EventBus/1",
        "RequestId": "11111111-2222-3333-4444-555555555555",
        "LogicalResourceId": "LogStream",
        "ResponseURL": "http://127.0.0.1:9/answer",
        "ResourceProperties": defaults | properties,
    }
    return sent | ({"PhysicalResourceId": stream_id} if stream_id else {})
