"""Which events of an archive come again, to which rules, and until when?

Emulated: a replay lasts, so that it can be cancelled, and only the rules of FilterArns see its events. Not emulated:
its order by minutes (here as they came), retention, the delay with which AWS counts an archive's events.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
"""

import json
import time
from typing import Any

from ministack.core.responses import error_response_json, json_response
from ministack.services import eventbridge as events

from local_aws.delivery import soon
from local_aws.seams import ministacks, replaces

Data = dict[str, Any]
EVENTS_AT_ONCE, PAUSE_SECONDS = 20, 0.02  # a thousand events a second at most
NEVER = 2**40  # after all events: ministack's own replay sends everything at once, to all rules


@replaces(events, "_start_replay")
def start_replay(data: Data) -> Any:
    first, last = (events._coerce_timestamp(data[key]) for key in ("EventStartTime", "EventEndTime"))
    if first >= last:
        said = "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime."
        return error_response_json("ValidationException", said, 400)
    answer = ministacks(start_replay)({**data, "EventStartTime": NEVER})
    if answer[0] == 200:
        name, archive = data["ReplayName"], events._archives[data["EventSourceArn"].partition("archive/")[2]]
        replay = events._replays[name] = {**events._replays[name], "EventStartTime": first, "State": "STARTING"}
        replay.pop("ReplayEndTime", None)
        found = [event for event in archive.get("Events", []) if first <= event["Time"] <= last]
        soon(go_on, replay, [event | {"ReplayName": name} for event in found], after=PAUSE_SECONDS)
    return answer


def go_on(replay: Data, left: list[Data]) -> None:
    """Replays some, and soon the others."""
    if replay["State"] == "CANCELLING" or not left:
        replay |= {"State": "CANCELLED" if left else "COMPLETED", "ReplayEndTime": time.time()}
        return
    replay["State"] = "RUNNING"
    for event in left[:EVENTS_AT_ONCE]:
        events._dispatch_event(event)
        replay["EventLastReplayedTime"] = event["Time"]
    soon(go_on, replay, left[EVENTS_AT_ONCE:], after=PAUSE_SECONDS)


@replaces(events, "_cancel_replay")
def cancel_replay(data: Data) -> Any:
    if not (replay := events._replays.get(data["ReplayName"])):
        return ministacks(cancel_replay)(data)
    if replay["State"] not in ("STARTING", "RUNNING"):
        said = f"Replay {data['ReplayName']} is not in a valid state for this operation."
        return error_response_json("IllegalStatusException", said, 400)
    replay["State"] = "CANCELLING"
    return json_response({"ReplayArn": replay["ReplayArn"], "State": "CANCELLING"})


@replaces(events, "_list_replays")
def list_replays(data: Data) -> Any:
    listed = json.loads(ministacks(list_replays)(data)[2])["Replays"]
    return json_response({"Replays": [events._replays[each["ReplayName"]] for each in listed]})


@replaces(events, "_archive_event")
def archive_event(event: Data, view: Any = None) -> None:
    ministacks(archive_event)(event, view)
    for archive in events._archives.values():
        if archive["EventCount"] and archive["Events"][-1] is event:
            archive["SizeBytes"] += len(json.dumps(event))


@replaces(events, "_describe_archive")
def describe_archive(data: Data) -> Any:
    """ministack answers every event with it."""
    archive = events._archives.get(data["ArchiveName"])
    shown = {key: value for key, value in (archive or {}).items() if key != "Events"}
    return json_response(shown) if shown else ministacks(describe_archive)(data)
