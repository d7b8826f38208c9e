"""Which logs of a Kinesis batch count now, and which records must come again?"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from lambda_src.auth0_events.envelope import Auth0Log, parse_event
from lambda_src.printable import printable

_LONGEST_REASON = 200  # characters


class NoProgress(RuntimeError):
    """No record of the batch is done. One line: why the first one is not."""


class ItemFailure(TypedDict):
    """`itemIdentifier`: the record's sequence number."""

    itemIdentifier: str


class Response(TypedDict):
    """https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html."""

    batchItemFailures: list[ItemFailure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """`logs` are those before the first record that could not be read; `refused` says why, by sequence number."""

    logs: tuple[Auth0Log, ...]
    refused: Mapping[str, str]

    @property
    def response(self) -> Response:
        return {"batchItemFailures": [{"itemIdentifier": number} for number in self.refused]}

    def require_progress(self) -> None:
        """Raises NoProgress if the first record is the one that could not be read.

        Lambda splits a batch at the record that the response names, and at the first one there is nothing to split: the
        records behind it would be given up with it. After an error it halves the batch, until the bad record is alone.
        """
        if self.refused and not self.logs:
            raise NoProgress(f"the first record of the batch cannot be read: {next(iter(self.refused.values()))}")


def read_batch(event: Mapping[str, Any]) -> Batch:
    """Reads every record as an EventBridge event in JSON.

    Lambda delivers all records from the first failed one on again, good ones too: counted now, they would count twice.
    https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html

    Not by Powertools' batch, which imports the data classes of every event source (docs/adr/0010).
    """
    logs: list[Auth0Log] = []
    refused: dict[str, str] = {}
    for record in event["Records"]:
        try:
            log = _log_of(record["kinesis"]["data"])
        except (ValueError, RecursionError) as error:  # all that base64, JSON and the envelope raise
            refused[record["kinesis"]["sequenceNumber"]] = _reason(error)
        else:
            if not refused:
                logs.append(log)
    return Batch(logs=tuple(logs), refused=refused)


def _reason(error: Exception) -> str:
    return printable(f"{type(error).__name__}: {error}", _LONGEST_REASON)


def _log_of(data: str) -> Auth0Log:
    return parse_event(json.loads(base64.b64decode(data).decode()))
