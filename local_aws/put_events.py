"""What happens to the entries of PutEvents and PutPartnerEvents?"""

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from ministack.core.responses import error_response_json, get_account_id, get_region, json_response, request_scope
from ministack.services import eventbridge as events

from local_aws.event_entries import entry_error, request_error
from local_aws.faults import faults
from local_aws.partner_sources import sources
from local_aws.seams import replaces

Data = dict[str, Any]
log = logging.getLogger(__name__)


@replaces(events, "_put_events")
def put_events(data: Data, allow_aws_source: bool = False) -> Any:  # noqa: FBT001, FBT002 - ministack's signature
    def put(entry: Data) -> Data:
        if entry["Source"].startswith("aws.") and not allow_aws_source:
            return failed("NotAuthorizedForSourceException", "Not authorized for the source.")
        if faults().hits("entry", entry["Detail"]):
            return failed(faults().asked.get("code", "ThrottlingException"), "asked for by a fault")
        bus, error = events._event_bus_name_from_ref(entry.get("EventBusName") or "default")
        return failed(*error) if error else publish(entry, bus, get_account_id())

    if faults().hits("throttle", str(data)):
        return error_response_json("ThrottlingException", "Rate exceeded.", 400)
    return put_each(data, put, most=10)


@replaces(events, "_put_partner_events")
def put_partner_events(data: Data) -> Any:
    def put(entry: Data) -> Data:
        found = [each for each in sources() if (each.name, each.partner) == (entry["Source"], get_account_id())]
        if not found:
            return failed("NotAuthorizedForSourceException", "Not authorized for the source.")
        if found[0].is_active:
            return publish(entry, found[0].name, found[0].customer)
        log.warning("an event of the pending source %s is dropped", found[0].name)
        return {"EventId": str(uuid.uuid4())}

    return put_each(data, put, most=20)


def put_each(data: Data, put: Callable[[Data], Data], *, most: int) -> Any:
    entries = data.get("Entries") or []
    if error := request_error(entries, most=most):
        return error_response_json("ValidationException", error, 400)
    results = [failed(*refusal) if (refusal := entry_error(entry)) else put(entry) for entry in entries]
    return json_response({"FailedEntryCount": sum("ErrorCode" in result for result in results), "Entries": results})


def failed(code: str, message: str) -> Data:
    return {"ErrorCode": code, "ErrorMessage": message}


def publish(entry: Data, bus: str, account: str) -> Data:
    """As on AWS, an event for a bus that does not exist is accepted, and gone."""
    event = {"Resources": [], **entry, "EventId": str(uuid.uuid4()), "EventBusName": bus, "Account": account}
    event |= {"Region": get_region(), "Time": int(events._coerce_timestamp(entry.get("Time")) or time.time())}
    with request_scope(account, get_region()):
        view = events._pattern_event_view(event)
        events._dispatch_event(event, view)
        events._archive_event(event, view)
    return {"EventId": event["EventId"]}
