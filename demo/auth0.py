"""What does Auth0 do in AWS: create partner event sources, and put its tenants' log events on them?"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import boto3

from lambda_src.auth0_events.envelope import DETAIL_TYPE, PARTNER_SOURCE_PREFIX, Auth0Log, detail_json

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

# Made up, as the tenant is. Auth0's account is not the customer's: only a partner may use these calls.
PARTNER_ACCOUNT = "111122223333"
EVENT_SOURCE = f"{PARTNER_SOURCE_PREFIX}example-tenant-0b1c2d3e-4f56-7890-abcd-ef1234567890/auth0.logs"
MOST_ENTRIES = 20  # of one PutPartnerEvents request


class Auth0:
    """Auth0's side of the integration on the local AWS, where account ids serve as access keys."""

    def __init__(self, *, endpoint_url: str, region: str) -> None:
        self.events: EventBridgeClient = boto3.client(
            "events",
            endpoint_url=endpoint_url,
            region_name=region,
            aws_access_key_id=PARTNER_ACCOUNT,
            aws_secret_access_key="local",  # noqa: S106 - the local AWS checks no secret
        )

    def create_event_source(self, *, customer_account: str, name: str = EVENT_SOURCE) -> None:
        self.events.create_partner_event_source(Name=name, Account=customer_account)

    def delete_event_source(self, *, customer_account: str, name: str = EVENT_SOURCE) -> None:
        self.events.delete_partner_event_source(Name=name, Account=customer_account)

    def send(self, logs: Iterable[Auth0Log], *, source: str = EVENT_SOURCE) -> dict[str, str]:
        """Puts the logs on the partner event source; returns the log type of each log_id."""
        sent = {}
        for chunk in chunks(logs):
            answer = self.events.put_partner_events(Entries=[partner_entry(log, source) for log in chunk])
            if answer["FailedEntryCount"]:
                raise RuntimeError(f"PutPartnerEvents refused entries: {answer['Entries']}")
            sent.update({log.log_id: log.type for log in chunk})
        return sent


def partner_entry(log: Auth0Log, source: str) -> Any:
    return {"Source": source, "DetailType": DETAIL_TYPE, "Detail": detail_json(log)}


def chunks(logs: Iterable[Auth0Log]) -> Iterator[list[Auth0Log]]:
    remaining = iter(logs)
    while chunk := list(islice(remaining, MOST_ENTRIES)):
        yield chunk
