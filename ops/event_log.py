"""Which events has the event log seen?

The rule Everything writes each event of every bus there as a whole: it is how an operator sees what came.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from lambda_src.auth0_events.envelope import Auth0Log, InvalidEnvelope, parse_event
from ops.aws import OpsError
from ops.environment import Environment
from ops.window import Window

OUTPUT = "EventLogGroupName"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One event. `id`: of its log line, unique in the group. `written_ms`: when CloudWatch took it, since 1970."""

    id: str
    timestamp_ms: int
    written_ms: int
    event: Mapping[str, Any]
    log: Auth0Log

    @property
    def source(self) -> str:
        return str(self.event.get("source", ""))

    @property
    def is_replayed(self) -> bool:
        """A replay brought it, which gives its events this field."""
        return "replay-name" in self.event


def read(environment: Environment, window: Window) -> Iterator[Seen]:
    """The events of the window, page by page: memory does not grow with their number. Lines that are none are left out.

    Ordered within a page of CloudWatch's, and nearly so over pages. Raises OpsError for an environment without the log.
    """
    group = environment.output(OUTPUT)
    pages = environment.aws.logs.get_paginator("filter_log_events").paginate(
        logGroupName=group, startTime=window.start_ms, endTime=window.end_ms - 1
    )
    try:
        for page in pages:
            for line in page["events"]:
                if seen := parse(line):
                    yield seen
    except ClientError as error:
        if error.response["Error"].get("Code") != "ResourceNotFoundException":
            raise
        raise OpsError(f"the event log's group {group} is gone: {environment.way_back}") from error


def parse(line: Mapping[str, Any]) -> Seen | None:
    try:
        event = json.loads(line["message"])
        log = parse_event(event)
    except (ValueError, RecursionError, InvalidEnvelope):
        return None
    return Seen(
        id=line["eventId"],
        timestamp_ms=line["timestamp"],
        written_ms=line.get("ingestionTime", line["timestamp"]),
        event=event,
        log=log,
    )
