"""Which partner event sources does an environment have, and which bus is each one's?"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stacks.checks import InvalidSettings

NO_SOURCE = "none"
FIRST_BUS = "PartnerBus"
# The name that Auth0 shows for a log stream, or the ARN of the source or of its bus in the EventBridge console.
# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html (EventSourceName)
EVENT_SOURCE = re.compile(
    r"(?P<arn>arn:aws[\w-]*:events:(?P<region>[a-z0-9-]+):(?:\d*:event-source|(?P<account>\d{12}):event-bus)/)?"
    r"(?P<name>aws\.partner/auth0\.com/[.\-_A-Za-z0-9]+/auth0\.logs)"
)
UUID = re.compile(r"([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/auth0\.logs$")
LONGEST_NAME = 255  # a bus takes one more; the alarms know it as a dimension, which does not
# What every rule writes its permission into has room for: a test with the longest names says so.
MOST_EVENT_SOURCES = 5
EXPECTED = (
    "aws.partner/auth0.com/<tenant>-<uuid>/auth0.logs: copy it from the Auth0 dashboard, "
    "Monitoring > Streams > your stream"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class EventSource:
    """A partner event source, whose bus has its name.

    `bus_id`: the bus's construct. `region`: known when the source was given as an ARN.
    `bus_arn` and `account`: of a bus that is there already, and is used instead of made.
    """

    bus_id: str
    name: str
    region: str | None = None
    account: str | None = None
    bus_arn: str | None = None


def read_event_sources(given: Sequence[str]) -> tuple[EventSource, ...]:
    """Names or ARNs of sources, ARNs of buses; the first may be NO_SOURCE. Raises InvalidSettings.

    The first one's bus is FIRST_BUS, as it was when there was only one; the id of each further bus comes from its
    source alone, whatever the order. To remove the first source, NO_SOURCE keeps its place: the others keep their ids.
    """
    found = [read_one(text, is_first=not at) for at, text in enumerate(given) if at or text != NO_SOURCE]
    check_differ("name", (source.name for source in found))
    check_differ("bus", (source.bus_id for source in found))
    if len(found) > MOST_EVENT_SOURCES:
        raise InvalidSettings(
            f"event_source has {len(found)} sources; expected up to {MOST_EVENT_SOURCES}: "
            "give the others to another environment (`-c environment=<name>`)",
            setting="event_source",
        )
    return tuple(found)


def read_one(text: str, *, is_first: bool) -> EventSource:
    match = EVENT_SOURCE.fullmatch(text)
    if not match or len(match["name"]) > LONGEST_NAME:
        raise InvalidSettings(f"event_source is {text!r}; expected {EXPECTED}", setting="event_source")
    name = match["name"]
    return EventSource(
        bus_id=FIRST_BUS if is_first else f"{FIRST_BUS}{short_id(name)}",
        name=name,
        region=match["region"],
        account=match["account"],
        bus_arn=text if match["account"] else None,
    )


def short_id(name: str) -> str:
    """The beginning of the UUID that Auth0 gives to each stream's source; of a hash, where a name has none."""
    uuid = UUID.search(name)
    return uuid[1] if uuid else hashlib.sha256(name.encode()).hexdigest()[:8]


def check_differ(what: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise InvalidSettings(
                f"event_source has two sources with the {what} {value!r}; expected different ones",
                setting="event_source",
            )
        seen.add(value)


def check_place(source: EventSource, *, region: str | None, account: str | None) -> None:
    """`region` and `account`: where the stacks go, as far as it is known. Raises InvalidSettings."""
    if source.region and region and source.region != region:
        raise InvalidSettings(
            f"event_source is in {source.region} and the stacks go to {region}: a partner bus lives in its source's "
            f"region; deploy with `-c region={source.region}`"
        )
    if source.account and account and source.account != account:
        raise InvalidSettings(
            f"event_source is a bus of account {source.account} and the stacks go to {account}: rules are made in the "
            "bus's own account; deploy there"
        )
