"""What is a log stream in Auth0's Management API?

https://auth0.com/docs/api/management/v2/log-streams/post-log-streams
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lambda_src.log_stream.wanted import Wanted


@dataclass(frozen=True, kw_only=True, slots=True)
class LogStream:
    """`event_source`: the name of the partner event source made for it; `status`: active, paused, suspended."""

    id: str
    name: str
    status: str
    filters: frozenset[str]
    is_priority: bool
    account: str
    region: str
    event_source: str

    def is_the_one(self, wanted: Wanted) -> bool:
        """The one that an earlier attempt made, or somebody by hand."""
        return (self.name, self.account, self.region) == (wanted.name, wanted.account, wanted.region)

    def beyond_change(self, wanted: Wanted) -> str:
        """What Auth0 cannot change about it, in words; empty when it can be made as wanted."""
        differences = [
            f"{what} {now}, not {then}"
            for what, now, then in (
                ("account", self.account, wanted.account),
                ("region", self.region, wanted.region),
                ("priority", word(self.is_priority), word(wanted.is_priority)),
            )
            if now != then
        ]
        return " and ".join(differences)

    def changes(self, wanted: Wanted) -> dict[str, Any]:
        """The body of a PATCH; empty when all is as wanted."""
        changes: dict[str, Any] = {}
        if self.name != wanted.name:
            changes["name"] = wanted.name
        if self.status != wanted.status:
            changes["status"] = wanted.status
        if self.filters != set(wanted.filters):
            changes["filters"] = filters_of(wanted)
        return changes


def word(value: bool) -> str:  # noqa: FBT001 - a value, no switch
    return "true" if value else "false"


def filters_of(wanted: Wanted) -> list[dict[str, str]]:
    return [{"type": "category", "name": name} for name in wanted.filters]


def new_stream(wanted: Wanted) -> dict[str, Any]:
    """The body of a POST. Auth0 takes neither a status nor an event source."""
    body: dict[str, Any] = {"name": wanted.name, "type": "eventbridge", "sink": wanted.sink}
    if wanted.filters:
        body["filters"] = filters_of(wanted)
    if wanted.is_priority:
        body["isPriority"] = True
    if wanted.start_from:
        body["startFrom"] = wanted.start_from
    return body


def read_stream(body: Any) -> LogStream | None:
    """None for a stream to somewhere else than EventBridge, and for what is no stream."""
    if not isinstance(body, Mapping) or body.get("type") != "eventbridge" or not isinstance(body.get("sink"), Mapping):
        return None
    sink = body["sink"]
    return LogStream(
        id=str(body.get("id", "")),
        name=str(body.get("name", "")),
        status=str(body.get("status", "active")),
        filters=frozenset(str(each.get("name")) for each in body.get("filters") or () if isinstance(each, Mapping)),
        is_priority=body.get("isPriority") is True,
        account=str(sink.get("awsAccountId", "")),
        region=str(sink.get("awsRegion", "")),
        event_source=str(sink.get("awsPartnerEventSource", "")),
    )
