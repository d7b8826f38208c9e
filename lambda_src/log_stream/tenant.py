"""How are an Auth0 tenant's log streams read and changed?"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import quote

from lambda_src.log_stream.attempts import Attempts
from lambda_src.log_stream.credentials import Credentials
from lambda_src.log_stream.exchange import Answer, Unreachable
from lambda_src.log_stream.refusal import Refused, no_token, not_done
from lambda_src.log_stream.stream import LogStream, new_stream, read_stream
from lambda_src.log_stream.wanted import Wanted

PATH = "/api/v2/log-streams"
GONE = 404


class Http(Protocol):
    """One request; raises Unreachable."""

    def send(
        self, method: str, url: str, *, body: Mapping[str, Any] | None = None, token: str | None = None
    ) -> Answer: ...


class Tenant:
    """Each method raises Refused, with neither secret nor token in it."""

    def __init__(self, credentials: Credentials, http: Http, attempts: Attempts) -> None:
        self._credentials = credentials
        self._http = http
        self._attempts = attempts
        self._secrets = [credentials.client_secret]

    def find(self, wanted: Wanted) -> LogStream | None:
        """The stream of this name to this account and region."""
        answer = self._ask("GET", PATH, what="list the log streams")
        if not isinstance(answer.body, list):
            raise Refused(f"{self._credentials.domain} answers no list of log streams: is it an Auth0 tenant?")
        found = filter(None, map(read_stream, answer.body))
        return next((stream for stream in found if stream.is_the_one(wanted)), None)

    def get(self, stream_id: str) -> LogStream | None:
        answer = self._ask("GET", path_of(stream_id), what=f"read log stream {stream_id}", gone_is_well=True)
        return None if answer.status == GONE else self._read(answer)

    def make(self, wanted: Wanted) -> LogStream:
        """After an answer that got lost, the stream may be there: it is looked for before another one is made."""
        lost = False
        found: LogStream | None = None

        def post() -> Answer:
            nonlocal lost, found
            if lost and (found := self.find(wanted)):
                return Answer(status=200, headers={}, body=None)
            lost = True
            return self._send("POST", PATH, new_stream(wanted))

        answer = self._well(self._reach(post), what="make the log stream")
        return found or self._read(answer)

    def change(self, stream: LogStream, changes: Mapping[str, Any]) -> LogStream:
        what = f"change {' and '.join(changes)} of log stream {stream.id}"
        return self._read(self._ask("PATCH", path_of(stream.id), changes, what=what))

    def pause(self, stream_id: str) -> None:
        """One that is gone sends nothing either."""
        body = {"status": "paused"}
        self._ask("PATCH", path_of(stream_id), body, what=f"pause log stream {stream_id}", gone_is_well=True)

    def delete(self, stream_id: str) -> None:
        self._ask("DELETE", path_of(stream_id), what=f"delete log stream {stream_id}", gone_is_well=True)

    def _ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, what: str, gone_is_well: bool = False
    ) -> Answer:
        answer = self._reach(lambda: self._send(method, path, body))
        return answer if gone_is_well and answer.status == GONE else self._well(answer, what=what)

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None) -> Answer:
        return self._http.send(method, self._credentials.base_url + path, body=body, token=self._token)

    def _reach(self, ask: Callable[[], Answer]) -> Answer:
        try:
            return self._attempts.until_answered(ask)
        except Unreachable as error:
            raise Refused(f"Auth0 cannot be reached at {self._credentials.domain}: {error}") from None

    def _well(self, answer: Answer, *, what: str) -> Answer:
        if not answer.is_well:
            raise self._without_secrets(not_done(answer, what=what, secret=self._credentials.secret))
        return answer

    def _read(self, answer: Answer) -> LogStream:
        stream = read_stream(answer.body)
        if not stream or not stream.id or not stream.event_source:
            raise Refused("Auth0 answers no log stream to EventBridge with an event source")
        return stream

    @cached_property
    def _token(self) -> str:
        """https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow."""
        ours = self._credentials
        body = {"grant_type": "client_credentials", "audience": ours.audience}
        body |= {"client_id": ours.client_id, "client_secret": ours.client_secret}
        answer = self._reach(lambda: self._http.send("POST", f"{ours.base_url}/oauth/token", body=body))
        if not answer.is_well:
            raise self._without_secrets(no_token(answer, domain=ours.domain, secret=ours.secret))
        token = answer.body.get("access_token") if isinstance(answer.body, Mapping) else None
        if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token:
            raise Refused(f"{ours.domain} answers no access token: is it an Auth0 tenant?")
        self._secrets.append(token)
        return token

    def _without_secrets(self, refused: Refused) -> Refused:
        """Auth0 does not repeat what it was sent; whatever answers in its place might."""
        text = str(refused)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return Refused(text)


def path_of(stream_id: str) -> str:
    return f"{PATH}/{quote(stream_id, safe='')}"
