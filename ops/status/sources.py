"""Which partner event sources has Auth0 made for this account, here and in other regions?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from lambda_src.auth0_events.envelope import PARTNER_SOURCE_PREFIX

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """The source that the operator asks about, and its region if an ARN named it."""

    source: str | None = None
    region: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """`state`: ACTIVE, PENDING or DELETED. `expires`: when EventBridge deletes it, if it has no bus until then.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EventSource.html
    """

    name: str
    state: str
    expires: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources:
    """What is known about the environment's source.

    `asked` is the source of `--event-source`, in `asked_region` if that was an ARN. `deployed` is the one that the
    stacks have a partner bus for. `setting`: the sources to deploy with, this one among them. `has_bus`: whether a bus
    of the source's name is there; None: it was not seen. `elsewhere`: by region, looked for when it is not here;
    `unasked`: regions that did not answer, and why.
    """

    here: tuple[Source, ...]
    asked: str | None = None
    asked_region: str | None = None
    deployed: str | None = None
    has_bus: bool | None = None
    setting: str | None = None
    elsewhere: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    unasked: Mapping[str, str] = field(default_factory=dict)

    @property
    def expected(self) -> str | None:
        return self.asked or self.deployed

    @property
    def to_deploy(self) -> str | None:
        return self.setting or self.expected

    @property
    def found(self) -> Source | None:
        return next((source for source in self.here if source.name == self.expected), None)

    @property
    def other_regions(self) -> list[str]:
        """Those that have the source, the ARN's first."""
        has = [region for region, found in self.elsewhere.items() if self.expected in {each.name for each in found}]
        named = [self.asked_region] if self.asked_region else []
        return list(dict.fromkeys([*named, *sorted(has)]))


def list_sources(client: "EventBridgeClient", name: str | None = None) -> tuple[Source, ...]:
    """Auth0's, or those whose name begins with `name`."""
    found: list[Source] = []
    page = client.list_event_sources(NamePrefix=name or PARTNER_SOURCE_PREFIX)
    while True:
        found += [
            Source(name=each["Name"], state=each.get("State", ""), expires=each.get("ExpirationTime"))
            for each in page["EventSources"]
        ]
        if not (token := page.get("NextToken")):
            return tuple(found)
        page = client.list_event_sources(NamePrefix=name or PARTNER_SOURCE_PREFIX, NextToken=token)
