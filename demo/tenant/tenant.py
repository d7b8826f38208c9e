"""What does the tenant answer to a request, and to whom?"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from demo.tenant.log_streams import LogStreams
from demo.tenant.replies import Reply, denial, refusal

SCOPES = frozenset(f"{verb}:log_streams" for verb in ("create", "read", "update", "delete"))
STREAMS = "/api/v2/log-streams"


@dataclass(frozen=True, kw_only=True)
class Application:
    """A machine-to-machine application. `is_authorized`: it has a grant for the Management API."""

    client_id: str = "example-client-id"
    client_secret: str = field(default_factory=secrets.token_urlsafe, repr=False)
    scopes: frozenset[str] = SCOPES
    is_authorized: bool = True


@dataclass
class Tenant:
    """`audience` is of its Management API."""

    streams: LogStreams
    applications: dict[str, Application] = field(default_factory=dict)
    tokens: dict[str, frozenset[str]] = field(default_factory=dict)
    audience: str = ""

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: Any) -> Reply:
        try:
            if (method, path) == ("POST", "/oauth/token"):
                return self._token(body if isinstance(body, dict) else {})
            if path == STREAMS or path.startswith(f"{STREAMS}/"):
                return self._log_streams(method, path[len(STREAMS) + 1 :], headers, body)
        except Reply as reply:
            return reply
        return refusal(404, "Not Found", "not_found")

    def _token(self, body: Mapping[str, Any]) -> Reply:
        """https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow."""
        application = self.applications.get(body.get("client_id", ""))
        if not application or body.get("client_secret") != application.client_secret:
            return denial(401, "Unauthorized")
        if body.get("grant_type") != "client_credentials" or body.get("audience") != self.audience:
            return denial(403, f"Service not enabled within domain: {body.get('audience')}")
        if not application.is_authorized:
            return denial(403, f'Client is not authorized to access "{self.audience}".')
        token = secrets.token_urlsafe()
        self.tokens[token] = application.scopes
        scope = " ".join(sorted(application.scopes))
        return Reply(200, {"access_token": token, "scope": scope, "expires_in": 86400, "token_type": "Bearer"})

    def _delete(self, stream_id: str) -> Reply:
        self.streams.delete(stream_id)
        return Reply(204)

    def _log_streams(self, method: str, stream_id: str, headers: Mapping[str, str], body: Any) -> Reply:
        streams = self.streams
        ways: dict[tuple[str, bool], tuple[str, Callable[[], Reply]]] = {
            ("GET", False): ("read", lambda: Reply(200, list(streams.streams.values()))),
            ("POST", False): ("create", lambda: Reply(200, streams.make(body))),
            ("GET", True): ("read", lambda: Reply(200, streams.get(stream_id))),
            ("PATCH", True): ("update", lambda: Reply(200, streams.change(stream_id, body))),
            ("DELETE", True): ("delete", lambda: self._delete(stream_id)),
        }
        if (method, bool(stream_id)) not in ways:
            raise refusal(404, "Not Found", "not_found")
        verb, do = ways[method, bool(stream_id)]
        self._require(f"{verb}:log_streams", headers)
        return do()

    def _require(self, scope: str, headers: Mapping[str, str]) -> None:
        token = headers.get("Authorization", "").removeprefix("Bearer ")
        if not token:
            raise refusal(401, "Missing authentication", "missing_authentication")
        if token not in self.tokens:
            raise refusal(401, "Invalid token", "invalid_token")
        if scope not in self.tokens[token]:
            raise refusal(403, f"Insufficient scope, expected any of: {scope}", "insufficient_scope")
