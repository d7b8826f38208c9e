"""Which events does an event bus take, of a partner and of anybody else?

A partner source is PENDING until the customer has a bus of its name; until then its events are dropped. One entry may
fail alone. Not emulated: names and sizes of entries, expiry and (de)activation of sources, their list.
The SSM parameter /local-aws/faults asks for failures of PutEvents, as {"entry": 1, "times": 2}: `throttle` and `entry`
are the chances that a call and that one entry fail, `times` is how many fail at most until it is written again.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html
"""

import json
import logging
import random
import time
import uuid
from collections.abc import Callable
from typing import Any

from ministack.core.responses import error_response_json, get_account_id, get_region, json_response, request_scope
from ministack.services import eventbridge as events
from ministack.services import ssm

from local_aws.seams import ministacks, replaces

Data = dict[str, Any]
PARAMETER = "/local-aws/faults"
UNAUTHORIZED = "NotAuthorizedForSourceException", "Not authorized for the source."
THROTTLED = "ThrottlingException", "asked for by a fault"
faults_so_far: dict[object, int] = {}  # by writing of the parameter
log = logging.getLogger(__name__)


def fails(kind: str) -> bool:
    parameter = ssm._parameters.get(PARAMETER) or {"Value": "{}", "LastModifiedDate": 0, "Version": 0}
    asked, writing = json.loads(parameter["Value"]), (parameter["LastModifiedDate"], parameter["Version"])
    failed = faults_so_far.get(writing, 0)
    hit = failed < asked.get("times", float("inf")) and random.random() < asked.get(kind, 0)  # noqa: S311 - no secret
    faults_so_far[writing] = failed + hit
    return bool(hit)


@replaces(events, "_put_events")
def put_events(data: Data, allow_aws_source: bool = False) -> Any:  # noqa: FBT001, FBT002 - ministack's signature
    def put(entry: Data) -> Data:
        if entry["Source"].startswith("aws.") and not allow_aws_source:
            return failure(*UNAUTHORIZED)
        if fails("entry"):
            return failure(*THROTTLED)
        bus, error = events._event_bus_name_from_ref(entry.get("EventBusName") or "default")
        return failure(*error) if error else publish(entry, bus, get_account_id())

    return error_response_json(*THROTTLED, 400) if fails("throttle") else put_each(data, put, most=10)


@replaces(events, "_put_partner_events")
def put_partner_events(data: Data) -> Any:
    def put(entry: Data) -> Data:
        name = entry["Source"]
        if (customer := customer_of(name, partner=get_account_id())) is None:
            return failure(*UNAUTHORIZED)
        if events._event_buses.contains_scoped(customer, get_region(), name):
            return publish(entry, name, customer)
        log.warning("an event of the pending source %s is dropped", name)
        return {"EventId": str(uuid.uuid4())}

    return put_each(data, put, most=20)


def put_each(data: Data, put: Callable[[Data], Data], *, most: int) -> Any:
    if not 1 <= len(data["Entries"]) <= most:
        return error_response_json("ValidationException", f"'entries' must have length between 1 and {most}", 400)
    results = [failure(*error) if (error := entry_error(entry)) else put(entry) for entry in data["Entries"]]
    return json_response({"FailedEntryCount": sum("ErrorCode" in result for result in results), "Entries": results})


def failure(code: str, message: str) -> Data:
    return {"ErrorCode": code, "ErrorMessage": message}


def entry_error(entry: Data) -> tuple[str, str] | None:
    """The code and the message with which one entry fails while the others go through, or None."""
    for key in ("Source", "DetailType", "Detail"):
        if not entry.get(key):
            return "InvalidArgument", f"Parameter {key} is not valid. Reason: {key} is a required argument."
    try:
        # NaN and Infinity, which Python takes for JSON, are not
        is_object = isinstance(json.loads(entry["Detail"], parse_constant=events._reject_json_constant), dict)
    except (ValueError, RecursionError):
        is_object = False
    return None if is_object else ("MalformedDetail", "Detail is malformed.")


def publish(entry: Data, bus: str, account: str) -> Data:
    """As on AWS, an event for a bus that does not exist is accepted, and gone."""
    event = {"Resources": [], **entry, "EventId": str(uuid.uuid4()), "EventBusName": bus, "Account": account}
    event |= {"Region": get_region(), "Time": int(events._coerce_timestamp(entry.get("Time")) or time.time())}
    with request_scope(account, get_region()):
        view = events._pattern_event_view(event)
        events._dispatch_event(event, view)
        events._archive_event(event, view)
    return {"EventId": event["EventId"]}


def customer_of(source: str, *, partner: str | None = None) -> str | None:
    """The account that the source was made for, by this partner or by any; None where there is none."""
    records = events._partner_event_sources.all_items()
    made = {(key[0], key[1], record["Name"]): str(record["Account"]) for key, record in records}
    wanted = [account for key, account in made.items() if key[1:] == (get_region(), source)]
    return made.get((partner, get_region(), source)) if partner else next(iter(wanted), None)


def unknown(source: str) -> Any:
    return error_response_json("ResourceNotFoundException", f"Event source {source} does not exist.", 400)


@replaces(events, "_describe_event_source")
def describe_event_source(data: Data) -> Any:
    if customer_of(data["Name"]) != get_account_id():
        return unknown(data["Name"])
    shown = json.loads(ministacks(describe_event_source)(data)[2])
    return json_response(shown | {"State": "ACTIVE" if data["Name"] in events._event_buses else "PENDING"})


@replaces(events, "_create_event_bus")
def create_event_bus(data: Data) -> Any:
    """A partner bus has the name of a source that was made for this account; no other bus has a slash in its name."""
    name, source = data["Name"], data.get("EventSourceName")
    if (source or "/" in name) and (source != name or customer_of(name) != get_account_id()):
        return unknown(source or name)
    return ministacks(create_event_bus)(data)
