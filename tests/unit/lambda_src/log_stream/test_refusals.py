"""Which reason does each of Auth0's errors become?"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from demo.tenant.replies import Reply, refusal, too_many
from demo.tenant.server import Fault
from demo.tenant.tenant import SCOPES
from lambda_src.log_stream.attempts import MOST
from lambda_src.log_stream.refusal import Refused
from tests.unit.lambda_src.log_stream.tenant import CLIENT_SECRET, World, world

TOKEN, STREAMS = "/oauth/token", "/api/v2/log-streams"


@dataclass(frozen=True)
class Case:
    """`reply` None: no answer at all. `times`: as often as it is asked."""

    path: str
    reply: Reply | None
    says: str
    method: str = "POST"
    application: dict[str, Any] = field(default_factory=dict)


WITHOUT = {verb: SCOPES - {f"{verb}:log_streams"} for verb in ("create", "read", "update", "delete")}
CASES = {
    "the token's 401": Case(TOKEN, Reply(401, {"error": "access_denied", "error_description": "Unauthorized"}),
                            "client_id or client_secret in secret auth0/example is wrong"),
    "the token's 403": Case(TOKEN, Reply(403, {"error": "access_denied"}), "authorize it in Auth0, Applications"),
    "the token's 404": Case(TOKEN, Reply(404, None), "there is no Auth0 tenant at http://127.0.0.1:1 (404)"),
    "the token's 429": Case(TOKEN, too_many(retry_after=900), "takes no more requests for now (429)"),
    "the token's 500": Case(TOKEN, Reply(500, {"error": "access_denied", "error_description": "Global limit"}),
                            "Auth0 gives no token (500): Global limit"),
    "a token's 200 that has none": Case(TOKEN, Reply(200, {"hello": 1}), "answers no access token"),
    "a token with a line break": Case(TOKEN, Reply(200, {"access_token": "a\nb"}), "answers no access token"),
    "no token and no answer": Case(TOKEN, None, "cannot be reached at http://127.0.0.1:1: the connection broke"),
    "401": Case(STREAMS, refusal(401, "Invalid token", "invalid_token"), "refuses its own token (401)", "GET"),
    "400": Case(STREAMS, refusal(400, "Payload validation error", "invalid_body"),
                "refuses to make the log stream (400): Payload validation error"),
    "409": Case(STREAMS, refusal(409, "conflict", "x"), "choose one with -c auth0_stream_name"),
    "429": Case(STREAMS, too_many(retry_after=900), "deploy again in some minutes"),
    "500": Case(STREAMS, refusal(500, "oops", "x"), "answers 500, asked to make the log stream: oops"),
    "500 in HTML": Case(STREAMS, Reply(503, None), "answers 503, asked to make the log stream: it says nothing more"),
    "another 403": Case(STREAMS, refusal(403, "not on this plan", "x"), "answers 403, asked to make"),
    "a redirect": Case(STREAMS, Reply(302, None, {"Location": "http://example.com"}), "answers 302", "GET"),
    "no list": Case(STREAMS, Reply(200, {"streams": []}), "answers no list of log streams", "GET"),
    "no stream": Case(STREAMS, Reply(200, {"id": "lst_1", "type": "http"}), "answers no log stream to EventBridge"),
    "no answer": Case(STREAMS, None, "cannot be reached", "GET"),
    "its own secret": Case(STREAMS, refusal(400, f"you sent {CLIENT_SECRET}", "x"), "(400): you sent ***"),
}  # fmt: skip


def failing(case: Case) -> World:
    made = world()
    fault = Fault(method=case.method, path=case.path, reply=case.reply)
    made.server.faults += [replace(fault) for _ in range(MOST)]
    return made


@pytest.mark.parametrize("name", CASES)
def test_every_error_is_one_readable_line_without_a_secret(name: str) -> None:
    with pytest.raises(Refused) as refused:
        failing(CASES[name]).create()
    reason = str(refused.value)
    assert CASES[name].says in reason
    assert reason == " ".join(reason.split())
    assert CLIENT_SECRET not in reason
    assert refused.value.__cause__ is None, "a traceback would tell what was sent"


@pytest.mark.parametrize("verb", ["create", "read", "update", "delete"])
def test_a_missing_scope_is_named(verb: str) -> None:
    made = world()
    stream = made.create()
    (application,) = made.server.tenant.applications.values()
    made.server.tenant.applications[application.client_id] = replace(application, scopes=WITHOUT[verb])
    use: dict[str, Callable[[], object]] = {
        "create": lambda: made.create(Name="another"),
        "read": lambda: made.create(Name="another"),
        "update": lambda: made.update(stream, Name="renamed"),
        "delete": lambda: made.delete(stream, OnDelete="delete"),
    }
    with pytest.raises(Refused, match=rf"lacks the scope {verb}:log_streams \(403\).*add it in Auth0, Applications"):
        use[verb]()


def test_wrong_credentials_and_no_grant_are_told_apart() -> None:
    without_grant = world(is_authorized=False)
    with pytest.raises(Refused, match="authorize it"):
        without_grant.create()
    wrong = world()
    wrong.server.tenant.applications.clear()
    with pytest.raises(Refused, match="is wrong"):
        wrong.create()


def test_what_cannot_be_repaired_is_asked_once_and_what_can_a_few_times() -> None:
    for name, times in (("400", 1), ("409", 1), ("500", MOST), ("429", 1)):
        made = failing(CASES[name])
        with pytest.raises(Refused):
            made.create()
        assert made.calls.count("POST streams") == times, name


def test_nothing_is_tried_beyond_the_deadline() -> None:
    made = failing(CASES["no answer"])
    made.now = 199.9
    with pytest.raises(Refused):
        made.create()
    assert made.now < 201
    made.now, made.server.seen = 200.1, []
    with pytest.raises(Refused, match="the time of this function is over"):
        made.create()
    assert made.server.seen == []
