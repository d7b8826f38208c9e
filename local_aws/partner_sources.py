"""Which partner event sources have an event bus?

Emulated: a source is PENDING until the customer has a bus of its name, and again when that is deleted. ministack keeps
the sources; any account may play the partner. Not emulated: expiry, ActivateEventSource, DeactivateEventSource.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html
"""

from typing import Any, NamedTuple

from ministack.core.responses import error_response_json, get_account_id, get_region, json_response
from ministack.services import eventbridge as events

from local_aws.seams import ministacks, replaces

Data = dict[str, Any]


class Source(NamedTuple):
    name: str
    customer: str
    partner: str

    @property
    def is_active(self) -> bool:
        return bool(events._event_buses.contains_scoped(self.customer, get_region(), self.name))

    def shown(self) -> Data:
        arn = f"arn:aws:events:{get_region()}::event-source/{self.name}"
        state = "ACTIVE" if self.is_active else "PENDING"
        return {"Arn": arn, "Name": self.name, "State": state, "CreatedBy": self.name.split("/")[1]}


def sources() -> list[Source]:
    """Of the caller's region."""
    records = events._partner_event_sources.all_items()
    return [Source(r["Name"], r["Account"], key[0]) for key, r in records if key[1] == get_region()]


def of_customer(prefix: str = "") -> list[Source]:
    return [each for each in sources() if each.customer == get_account_id() and each.name.startswith(prefix)]


def missing(name: str) -> Any:
    return error_response_json("ResourceNotFoundException", f"Event source {name} does not exist.", 400)


@replaces(events, "_describe_event_source")
def describe_event_source(data: Data) -> Any:
    found = [source for source in of_customer() if source.name == data["Name"]]
    return json_response(found[0].shown()) if found else missing(data["Name"])


@replaces(events, "_list_event_sources")
def list_event_sources(data: Data) -> Any:
    return json_response({"EventSources": [source.shown() for source in of_customer(data.get("NamePrefix", ""))]})


@replaces(events, "_create_event_bus")
def create_event_bus(data: Data) -> Any:
    """A partner bus has the name of a source that was made for this account; no other bus has a slash in its name."""
    name, source = data["Name"], data.get("EventSourceName")
    if (source or "/" in name) and (source != name or name not in [each.name for each in of_customer()]):
        return missing(source or name)
    return ministacks(create_event_bus)(data)
