"""What does an event that carries an Auth0 log look like?

As a target receives it: `{"detail-type": "Auth0 log", "source": …, "detail": {"log_id": …, "data": {…}}, …}`.
https://auth0.com/docs/customize/log-streams/amazon-eventbridge/create-amazon-eventbridge-log-stream-integration
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DETAIL_TYPE = "Auth0 log"  # of every log, whatever its type
PARTNER_SOURCE_PREFIX = "aws.partner/auth0.com/"
SIMULATION_SOURCE_PREFIX = "simulation/auth0.com/"
_WRITE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
# Of what JSON need not escape: what has no UTF-8 form, and what SQS refuses in a message.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
_TO_ESCAPE = re.compile("[\ud800-\udfff\ufffe\uffff]")


class InvalidEnvelope(ValueError):
    """This is no event with an Auth0 log. One line: which part is missing; never a value (it may be personal data)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth0Log:
    """One log of an Auth0 tenant.

    `data` is all that Auth0 said, unchanged; only `log_id` and `type` are certain to be there and non-empty.
    The properties give "" for a field that is absent, null or no string: Auth0 promises none of them for every type.
    """

    log_id: str
    type: str
    data: Mapping[str, Any]

    @property
    def date(self) -> str:
        """When it happened: ISO 8601, UTC, milliseconds."""
        return self._text("date")

    @property
    def description(self) -> str:
        return self._text("description")

    @property
    def connection(self) -> str:
        return self._text("connection")

    @property
    def client_id(self) -> str:
        """Id of the application."""
        return self._text("client_id")

    @property
    def client_name(self) -> str:
        """Name of the application."""
        return self._text("client_name")

    @property
    def user_name(self) -> str:
        """Often an e-mail address."""
        return self._text("user_name")

    @property
    def ip(self) -> str:
        return self._text("ip")

    @property
    def tenant_name(self) -> str:
        return self._text("tenant_name")

    def _text(self, field: str) -> str:
        value = self.data.get(field)
        return value if isinstance(value, str) else ""


def parse_event(event: Mapping[str, Any]) -> Auth0Log:
    """The log of a whole EventBridge event, as a target receives it. Raises InvalidEnvelope."""
    return _from_detail(_object(_object(event, "the event").get("detail"), "detail"), "detail.")


def parse_any(item: Any) -> Auth0Log:
    """The log of a whole event, of an event's detail `{"log_id", "data"}`, or a bare log. Raises InvalidEnvelope.

    Bare logs are what Auth0's Management API answers: the fields of `data` themselves, the id in `log_id` or `_id`.
    https://auth0.com/docs/api/management/v2/logs/get-logs
    """
    item = _object(item, "the event")
    if "detail" in item or "detail-type" in item:
        return parse_event(item)
    if "data" in item:
        return _from_detail(item, "")
    log_id = _first_text(item.get("log_id"), item.get("_id"), part="log_id (or _id)")
    return Auth0Log(log_id=log_id, type=_first_text(item.get("type"), part="type"), data=item)


def detail(log: Auth0Log) -> dict[str, Any]:
    """The `detail` of an event that carries `log`."""
    return {"log_id": log.log_id, "data": dict(log.data)}


def detail_json(log: Auth0Log) -> str:
    """`detail` as compact JSON: the Detail of a PutEvents entry. SQS takes each of its characters.

    Text stays UTF-8: EventBridge counts bytes, and escaped, an `é` has six instead of two.
    Raises InvalidEnvelope for what cannot be written: NaN, Infinity, numbers of thousands of digits, and nesting beyond
    Python's recursion limit.
    """
    try:
        text = _WRITE(detail(log))
    except (ValueError, RecursionError):
        raise InvalidEnvelope(
            "data cannot be written as JSON: NaN, Infinity, a number too long, or nested too deeply"
        ) from None
    return text if text.isascii() else _TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def envelope(log: Auth0Log, *, source: str, account: str, region: str, event_id: str, time: str) -> dict[str, Any]:
    """A whole EventBridge event as a target receives it. `time` is ISO 8601 with seconds and `Z`."""
    return {
        "version": "0",
        "id": event_id,
        "detail-type": DETAIL_TYPE,
        "source": source,
        "account": account,
        "time": time,
        "region": region,
        "resources": [],
        "detail": detail(log),
    }


def _from_detail(wrapped: Mapping[str, Any], path: str) -> Auth0Log:
    data = _object(wrapped.get("data"), f"{path}data")
    log_id = _first_text(wrapped.get("log_id"), data.get("log_id"), part=f"{path}log_id (or {path}data.log_id)")
    return Auth0Log(log_id=log_id, type=_first_text(data.get("type"), part=f"{path}data.type"), data=data)


def _object(value: Any, part: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InvalidEnvelope(f"{part} is missing or no JSON object")
    return value


def _first_text(*values: Any, part: str) -> str:
    for value in values:
        if isinstance(value, str) and value:
            return value
    raise InvalidEnvelope(f"{part} is missing or no text")
