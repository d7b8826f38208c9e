"""Does the stand-in answer as Auth0 does?"""

from datetime import UTC, datetime
from typing import Any

import pytest

from demo.tenant.replies import Reply
from demo.tenant.server import TenantServer
from demo.tenant.tenant import SCOPES, Application
from lambda_src.auth0_events.generator import generate_logs
from tests.unit.lambda_src.log_stream.tenant import Partner

STREAMS = "/api/v2/log-streams"
NEW = {"name": "to aws", "type": "eventbridge", "sink": {"awsAccountId": "123456789012", "awsRegion": "eu-west-1"}}


class Client:
    """Of the Management API."""

    def __init__(self, **application: Any) -> None:
        self.partner = Partner()
        self.application = Application(**application)
        self.server = TenantServer(self.partner, [self.application])
        self.token = (self.log_in().body or {}).get("access_token", "")

    def log_in(self, **changed: Any) -> Reply:
        ours = self.application
        body = {
            "grant_type": "client_credentials",
            "client_id": ours.client_id,
            "client_secret": ours.client_secret,
            "audience": f"{self.server.url}/api/v2/",
        }
        return self.server.tenant.answer("POST", "/oauth/token", {}, body | changed)

    def call(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Reply:
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        return self.server.tenant.answer(method, path, headers, body)

    def make(self, **changed: Any) -> Reply:
        return self.call("POST", STREAMS, NEW | changed)


def test_a_token_has_the_scopes_of_its_application() -> None:
    answer = Client(scopes=frozenset({"read:log_streams"})).log_in()
    assert (answer.status, answer.body["scope"], answer.body["token_type"]) == (200, "read:log_streams", "Bearer")


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"client_secret": "another"}, 401), ({"client_id": "another"}, 401), ({"audience": "https://example.com/"}, 403)],
)
def test_a_token_is_for_who_knows_the_secret_and_names_the_management_api(changed: Any, status: int) -> None:
    answer = Client().log_in(**changed)
    assert (answer.status, answer.body["error"]) == (status, "access_denied")


def test_a_stream_lives_from_its_source_to_the_end_of_it() -> None:
    client = Client()
    made = client.make()
    source = made.body["sink"]["awsPartnerEventSource"]
    assert (made.status, made.body["status"], list(client.partner.sources)) == (200, "active", [source])
    path = f"{STREAMS}/{made.body['id']}"
    assert client.call("GET", STREAMS).body == [client.call("GET", path).body]
    assert client.call("PATCH", path, {"name": "renamed"}).body["name"] == "renamed"
    assert client.call("DELETE", path).status == 204
    assert client.partner.sources == {}
    assert client.call("GET", path).status == 404


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"status": "active"}, 400),
        ({"type": "http"}, 400),
        ({"sink": NEW["sink"] | {"awsPartnerEventSource": "aws.partner/mine"}}, 400),  # type: ignore[operator]
        ({"sink": {"awsAccountId": "123456789012", "awsRegion": "Dublin"}}, 400),
        ({"filters": [{"type": "category", "name": "f"}]}, 400),
    ],
)
def test_what_auth0_does_not_take_is_refused(changed: Any, status: int) -> None:
    assert Client().make(**changed).status == status


def test_a_sink_cannot_change_and_a_name_is_one_streams_alone() -> None:
    client = Client()
    path = f"{STREAMS}/{client.make().body['id']}"
    assert client.call("PATCH", path, {"sink": NEW["sink"]}).status == 400
    assert client.make().status == 409


@pytest.mark.parametrize("token", ["", "made up"])
def test_without_a_token_of_its_own_nobody_is_answered(token: str) -> None:
    client = Client()
    assert client.call("GET", STREAMS, token=token).status == 401
    assert client.server.tenant.answer("GET", "/api/v2/users", {}, None).status == 404


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [("GET", "", "read"), ("POST", "", "create"), ("PATCH", "/lst_1", "update"), ("DELETE", "/lst_1", "delete")],
)
def test_each_call_needs_its_scope(method: str, path: str, scope: str) -> None:
    client = Client(scopes=SCOPES - {f"{scope}:log_streams"})
    answer = client.call(method, STREAMS + path, NEW)
    assert (answer.status, answer.body["errorCode"]) == (403, "insufficient_scope")
    assert answer.body["message"] == f"Insufficient scope, expected any of: {scope}:log_streams"


def test_a_stream_sends_what_its_filters_let_through_and_a_paused_one_later() -> None:
    client = Client()
    stream = client.make(filters=[{"type": "category", "name": "auth.login.fail"}]).body
    sent = client.partner.sources[stream["sink"]["awsPartnerEventSource"]]
    login, signup = generate_logs(codes=("f", "ss"), count=2, seed=1, now=datetime.now(UTC))
    client.call("PATCH", f"{STREAMS}/{stream['id']}", {"status": "paused"})
    client.server.streams.send([login, signup])
    assert sent == []
    client.call("PATCH", f"{STREAMS}/{stream['id']}", {"status": "active"})
    assert sent == [login.log_id]
