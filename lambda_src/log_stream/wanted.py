"""What does CloudFormation ask for?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

NOT_MADE = "not-made"
"""The physical id of a resource whose log stream was not made: there is nothing to delete."""


class OnDelete(StrEnum):
    """What becomes of the log stream when the resource goes."""

    KEEP = "keep"
    PAUSE = "pause"
    DELETE = "delete"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """The log stream as it should be.

    `filters` are categories, none for every log; `start_from` (ISO 8601) is read when the stream is made, and never
    again; `status` is active or paused.
    """

    secret: str
    name: str
    account: str
    region: str
    filters: tuple[str, ...]
    status: str
    is_priority: bool
    start_from: str | None
    on_delete: OnDelete
    allow_replacement: bool

    @property
    def sink(self) -> dict[str, str]:
        return {"awsAccountId": self.account, "awsRegion": self.region}


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """`kind` is Create, Update or Delete; `stream_id` is None before the first answer, and where nothing was made.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
    """

    kind: str
    stream_id: str | None
    wanted: Wanted


def read_request(event: Mapping[str, Any]) -> Request:
    """CloudFormation sends every value as text: `"true"`, not `true`. Raises KeyError and ValueError."""
    return Request(
        kind=event["RequestType"],
        stream_id=known_id(event),
        wanted=read_wanted(event["ResourceProperties"]),
    )


def known_id(event: Mapping[str, Any]) -> str | None:
    stream_id: str | None = event.get("PhysicalResourceId")
    return None if stream_id == NOT_MADE else stream_id


def read_wanted(properties: Mapping[str, Any]) -> Wanted:
    return Wanted(
        secret=properties["SecretName"],
        name=properties["Name"],
        account=properties["AccountId"],
        region=properties["Region"],
        filters=tuple(properties.get("Filters") or ()),
        status=properties.get("Status", "active"),
        is_priority=is_true(properties.get("IsPriority")),
        start_from=properties.get("StartFrom"),
        on_delete=OnDelete(properties.get("OnDelete", "keep")),
        allow_replacement=is_true(properties.get("AllowReplacement")),
    )


def is_true(value: object) -> bool:
    return str(value).lower() == "true"
