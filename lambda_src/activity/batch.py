"""Which logs of a Kinesis batch count now, and which records must come again?"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.kinesis_stream_event import KinesisStreamRecord

from lambda_src.auth0_events.envelope import Auth0Log, parse_event
from lambda_src.printable import printable

_LONGEST_REASON = 200  # characters


class NoProgress(RuntimeError):
    """No record of the batch is done. One line: why the first one is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """`logs` are those before the first record that could not be read; `refused` says why, by sequence number."""

    logs: tuple[Auth0Log, ...]
    refused: Mapping[str, str]
    response: PartialItemFailureResponse

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
    """
    processor = BatchProcessor(EventType.KinesisDataStreams, raise_on_entire_batch_failure=False)
    with processor(event["Records"], _log_of):
        results = processor.process()
    response = processor.response()
    failed = [str(failure["itemIdentifier"]) for failure in response["batchItemFailures"]]
    reasons = [printable(f"{type(error).__name__}: {error}", _LONGEST_REASON) for _, error, _ in processor.exceptions]
    return Batch(
        logs=tuple(log for _, log, _ in takewhile(lambda result: result[0] == "success", results)),
        refused=dict(zip(failed, reasons, strict=True)),
        response=response,
    )


def _log_of(record: KinesisStreamRecord) -> Auth0Log:
    return parse_event(record.kinesis.data_as_json())
