"""Which events does an event bus take, of a partner and of anybody else?

A partner source is PENDING until the customer has a bus of its name, and its events are dropped; DELETED once its
partner deleted it in spite of the bus. One entry may fail alone. Not emulated: an entry's own Time, missing fields and
size; (de)activation of sources, and that they expire (ExpirationTime is ours: two weeks after CreationTime). The SSM
parameter /local-aws/faults asks for failures of PutEvents, as {"throttle": 0.1, "entry": 1}: the chances that a call
and that one entry fail.
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

from local_aws.metrics import count
from local_aws.seams import ministacks, replaces

Data = dict[str, Any]
THROTTLED = "ThrottlingException", "asked for by a fault"
# By whether the partner has the source, and the customer a bus of its name.
STATES = {(True, True): "ACTIVE", (True, False): "PENDING", (False, True): "DELETED"}
EXPIRES_SECONDS = 14 * 24 * 3600
created: dict[str, float] = {}  # when, by the ARN of a source that is or was
log = logging.getLogger(__name__)


def fails(kind: str) -> bool:
    parameter = ssm._parameters.get("/local-aws/faults") or {"Value": "{}"}
    chance: float = json.loads(parameter["Value"]).get(kind, 0)
    return random.random() < chance  # noqa: S311 - no secret


@replaces(events, "_put_events")
def put_events(data: Data, allow_aws_source: bool = False) -> Any:  # noqa: FBT001, FBT002 - ministack's signature
    def put(entry: Data) -> Data:
        return failure(*THROTTLED) if fails("entry") else publish(entry, allow_aws_source)

    return error_response_json(*THROTTLED, 400) if fails("throttle") else put_each(data, put, most=10)


def publish(entry: Data, *allow_aws_source: bool) -> Data:
    """As on AWS, an event for a bus that does not exist is accepted, and gone."""
    result: Data = json.loads(ministacks(put_events)({"Entries": [entry]}, *allow_aws_source)[2])["Entries"][0]
    return result


@replaces(events, "_put_partner_events")
def put_partner_events(data: Data) -> Any:
    customers = {source["Name"]: source["Account"] for source in events._partner_event_sources.values()}

    def put(entry: Data) -> Data:
        if not (customer := customers.get(name := entry.get("Source", ""))):
            return failure("NotAuthorizedForSourceException", "Not authorized for the source.")
        with request_scope(customer, get_region()):
            if name in events._event_buses:
                count(("AWS/Events", "Events", {"EventSourceName": name}, 1, "Count"))
                return publish({**entry, "EventBusName": name}, True)  # noqa: FBT003 - ministack's signature
        log.warning("an event of the pending source %s is dropped", name)
        return {"EventId": str(uuid.uuid4())}

    return put_each(data, put, most=20)


def put_each(data: Data, put: Callable[[Data], Data], *, most: int) -> Any:
    if len(data["Entries"]) > most:
        return error_response_json("ValidationException", f"'entries' must have at most {most} members", 400)
    bad = failure("MalformedDetail", "Detail is malformed.")
    results = [bad if is_malformed(entry.get("Detail") or "") else put(entry) for entry in data["Entries"]]
    return json_response({"FailedEntryCount": sum("ErrorCode" in result for result in results), "Entries": results})


def failure(code: str, message: str) -> Data:
    return {"ErrorCode": code, "ErrorMessage": message}


def is_malformed(detail: str) -> bool:
    try:
        return not isinstance(json.loads(detail), dict)
    except (ValueError, RecursionError):
        return True


@replaces(events, "_create_partner_event_source")
def create_partner_event_source(data: Data) -> Any:
    answer = ministacks(create_partner_event_source)(data)
    if answer[0] == 200:
        created[json.loads(answer[2])["EventSourceArn"]] = time.time()
    return answer


def sources() -> dict[str, Data]:
    """What partners made for the caller's account, by name."""
    made = {record["EventSourceArn"] for record in events._partner_event_sources.all_values()}
    ours, found = f"arn:aws:events:{get_region()}:{get_account_id()}:event-source/", {}
    for arn, at in created.items():
        name = arn.removeprefix(ours)
        if name != arn and (state := STATES.get((arn in made, name in events._event_buses))):
            shown: Data = {"Arn": f"arn:aws:events:{get_region()}::event-source/{name}", "Name": name, "State": state}
            shown |= {"CreatedBy": "/".join(name.split("/")[:2]), "CreationTime": at}
            found[name] = shown | ({"ExpirationTime": at + EXPIRES_SECONDS} if state == "PENDING" else {})
    return found


def unknown(source: str) -> Any:
    """A refusal, if no partner made this source for the caller's account."""
    if source not in sources():
        return error_response_json("ResourceNotFoundException", f"Event source {source} does not exist.", 400)
    return None


@replaces(events, "_describe_event_source")
def describe_event_source(data: Data) -> Any:
    return unknown(data["Name"]) or json_response(sources()[data["Name"]])


@replaces(events, "_list_event_sources")
def list_event_sources(data: Data) -> Any:
    prefix = data.get("NamePrefix", "")
    return json_response({"EventSources": [each for name, each in sources().items() if name.startswith(prefix)]})


@replaces(events, "_create_event_bus")
def create_event_bus(data: Data) -> Any:
    """A partner bus has the name of a source that was made for this account; no other bus has a slash in its name."""
    source, is_partners = data.get("EventSourceName"), "/" in data["Name"] or "EventSourceName" in data
    if is_partners and (refusal := unknown(source if source == data["Name"] else f"{source} of {data['Name']}")):
        return refusal
    return ministacks(create_event_bus)(data)
