"""Which log streams does the tenant have, and what does each bring about in AWS?"""

import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from demo.tenant.replies import refusal
from lambda_src.auth0_events.envelope import PARTNER_SOURCE_PREFIX, Auth0Log
from lambda_src.auth0_events.log_types import CATEGORIES, LOG_TYPES

TENANT = "example-tenant"
REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
MAKING, CHANGING = {"name", "type", "sink", "filters", "isPriority", "startFrom"}, {"name", "status", "filters"}
SINK = {"awsAccountId", "awsRegion"}


class Partner(Protocol):
    """Auth0's account in AWS."""

    def create_event_source(self, *, customer_account: str, name: str) -> None: ...
    def delete_event_source(self, *, customer_account: str, name: str) -> None: ...
    def send(self, logs: Iterable[Auth0Log], *, source: str) -> dict[str, str]: ...


@dataclass
class LogStreams:
    """`made` is called with each new stream, before its maker has the answer. Each method may raise a Reply."""

    partner: Partner
    made: Callable[[dict[str, Any]], None] = lambda _stream: None
    streams: dict[str, dict[str, Any]] = field(default_factory=dict)
    waiting: dict[str, list[Auth0Log]] = field(default_factory=dict)

    def make(self, body: dict[str, Any]) -> dict[str, Any]:
        check(body, MAKING, required={"name", "type", "sink"})
        if body["type"] != "eventbridge":
            raise refusal(400, "this stand-in has streams to EventBridge alone", "invalid_body")
        check_sink(body["sink"])
        self._check_name(body["name"], but="")
        source = f"{PARTNER_SOURCE_PREFIX}{TENANT}-{uuid.uuid4()}/auth0.logs"
        stream: dict[str, Any] = {
            "id": f"lst_{len(self.streams):016d}",
            "name": body["name"],
            "type": "eventbridge",
            "status": "active",
            "sink": {**body["sink"], "awsPartnerEventSource": source},
            "filters": body.get("filters", []),
            "isPriority": body.get("isPriority", False),
        }
        self.partner.create_event_source(customer_account=body["sink"]["awsAccountId"], name=source)
        self.streams[stream["id"]] = stream
        self.made(stream)
        return stream

    def get(self, stream_id: str) -> dict[str, Any]:
        if stream_id not in self.streams:
            raise refusal(404, "The log stream does not exist", "inexistent_log_stream")
        return self.streams[stream_id]

    def change(self, stream_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """A stream that is active again brings what waited while it was paused."""
        stream = self.get(stream_id)
        check(body, CHANGING)
        if body.get("status", "active") not in ("active", "paused"):
            raise refusal(400, "Payload validation error: 'status' is active or paused", "invalid_body")
        self._check_name(body.get("name", stream["name"]), but=stream_id)
        stream.update(body)
        if stream["status"] == "active":
            self._put(stream, self.waiting.pop(stream_id, []))
        return stream

    def delete(self, stream_id: str) -> None:
        stream = self.get(stream_id)
        sink = stream["sink"]
        self.partner.delete_event_source(customer_account=sink["awsAccountId"], name=sink["awsPartnerEventSource"])
        del self.streams[stream_id]

    def send(self, logs: Iterable[Auth0Log]) -> dict[str, str]:
        """What the tenant logs: to each active stream whose filters let it through. Log types by log_id."""
        logged = list(logs)
        for stream in self.streams.values():
            categories = {each["name"] for each in stream["filters"]}
            wanted = [log for log in logged if not categories or category_of(log) in categories]
            if stream["status"] == "active":
                self._put(stream, wanted)
            else:
                self.waiting.setdefault(stream["id"], []).extend(wanted)
        return {log.log_id: log.type for log in logged}

    def _put(self, stream: dict[str, Any], logs: list[Auth0Log]) -> None:
        if logs:
            self.partner.send(logs, source=stream["sink"]["awsPartnerEventSource"])

    def _check_name(self, name: object, *, but: str) -> None:
        """The dashboard asks for a unique name; that the API refuses another one so is assumed."""
        if any(stream["name"] == name for id_, stream in self.streams.items() if id_ != but):
            raise refusal(409, "A log stream with this name already exists", "log_stream_conflict")


def category_of(log: Auth0Log) -> str:
    known = LOG_TYPES.get(log.type)
    return known.category if known else "other"


def check(body: dict[str, Any], allowed: set[str], required: Iterable[str] = ()) -> None:
    if more := sorted(set(body) - allowed):
        raise refusal(
            400, f"Payload validation error: 'Additional properties not allowed: {', '.join(more)}'.", "invalid_body"
        )
    if missing := sorted(set(required) - set(body)):
        raise refusal(400, f"Payload validation error: 'Missing required property: {missing[0]}'.", "invalid_body")
    for each in body.get("filters", []):
        if each.get("type") != "category" or each.get("name") not in CATEGORIES:
            raise refusal(400, "Payload validation error: 'No enum match' on property filters[].name.", "invalid_body")


def check_sink(sink: dict[str, Any]) -> None:
    if (
        set(sink) != SINK
        or not re.fullmatch(r"\d{12}", sink["awsAccountId"])
        or not REGION.fullmatch(sink["awsRegion"])
    ):
        raise refusal(400, "Payload validation error: 'sink' has awsAccountId and awsRegion", "invalid_body")
