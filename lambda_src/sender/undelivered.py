"""How is an event kept that could not be sent?"""

import json
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError

from lambda_src.auth0_events.envelope import DETAIL_TYPE
from lambda_src.printable import printable
from lambda_src.sender.clients import LONGEST_SEND
from lambda_src.sender.outcomes import OUT_OF_TIME, Failure

if TYPE_CHECKING:  # the stubs are no part of the function's asset
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef, SendMessageBatchRequestEntryTypeDef

MOST_MESSAGES = 10  # of one request: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
# SQS refuses a batch over its limit as a whole: 1,048,576 bytes since August 2025, as for one message. This was the
# limit before; a message that is larger goes alone.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
MOST_BATCH_BYTES = 262_144


class UndeliveredLost(RuntimeError):
    """Events could be neither sent nor kept. One line: how many, and the log id of the first."""


class UndeliveredQueue:
    """Keeps events in an SQS queue, whole: see `body_of` and `attributes_of`.

    A context manager: at its end every event is in the queue, or logged and counted as lost. After a request that
    failed, another one is only made if the longest that it can take is left of the function's time (`seconds_left`): a
    queue that does not answer must not end the function before it has said what is lost.
    """

    def __init__(self, client: "SQSClient", url: str, logger: Logger, *, seconds_left: Callable[[], float]) -> None:
        self._client = client
        self._url = url
        self._logger = logger
        self._seconds_left = seconds_left
        self._answered = True
        self._batch: list[tuple[Failure, SendMessageBatchRequestEntryTypeDef]] = []
        self._batch_bytes = 0
        self._lost = 0
        self._first_lost = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._flush()

    def keep(self, failure: Failure) -> None:
        """Puts the event into the queue, at the latest when the context ends."""
        body, attributes = body_of(failure), attributes_of(failure)
        size = message_bytes(body, attributes)
        if len(self._batch) == MOST_MESSAGES or self._batch_bytes + size > MOST_BATCH_BYTES:
            self._flush()
        message_id = str(len(self._batch))
        self._batch.append((failure, {"Id": message_id, "MessageBody": body, "MessageAttributes": attributes}))
        self._batch_bytes += size

    @property
    def lost(self) -> int:
        """How many events the queue refused, so far."""
        return self._lost

    def require_all_kept(self) -> None:
        """Raises UndeliveredLost if the queue refused an event."""
        if self._lost:
            raise UndeliveredLost(
                f"events that could be neither sent nor kept in the undelivered queue: {self._lost:,}, the first with "
                f"log id {self._first_lost}; the log names each of them"
            )

    def _flush(self) -> None:
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        refused = self._send([message for _, message in batch])
        # SQS answers for each message, and botocore tries again only what failed as a whole.
        refused = self._send([message for _, message in batch if message["Id"] in refused])
        for failure, message in batch:
            if message["Id"] in refused:
                self._lose(failure, refused[message["Id"]])

    def _send(self, messages: Sequence["SendMessageBatchRequestEntryTypeDef"]) -> dict[str, str]:
        """The ids of the messages that SQS refused, and its error code."""
        if not messages:
            return {}
        if not self._answered and self._seconds_left() < LONGEST_SEND:
            return dict.fromkeys([message["Id"] for message in messages], OUT_OF_TIME.code)
        self._answered = False
        try:
            answer = self._client.send_message_batch(QueueUrl=self._url, Entries=messages)
        except ClientError as error:
            return dict.fromkeys([message["Id"] for message in messages], error.response["Error"]["Code"])
        except BotoCoreError as error:
            return dict.fromkeys([message["Id"] for message in messages], type(error).__name__)
        self._answered = True
        return {refused["Id"]: refused["Code"] for refused in answer.get("Failed", [])}

    def _lose(self, failure: Failure, code: str) -> None:
        self._logger.error(
            "undelivered event could not be kept", log_id=failure.log_id, error_code=printable(code, 100)
        )
        self._first_lost = self._first_lost or failure.log_id
        self._lost += 1


def body_of(failure: Failure) -> str:
    """The event as JSON `{"detail-type", "source", "detail"}`: all that it takes to send it again.

    As long as the entry and a few dozen bytes: what `entries.MOST_BYTES` lets through fits into a message.
    """
    head = f'"detail-type":{json.dumps(DETAIL_TYPE)},"source":{json.dumps(failure.entry.source)}'
    return f'{{{head},"detail":{failure.entry.detail}}}'


def attributes_of(failure: Failure) -> dict[str, "MessageAttributeValueTypeDef"]:
    """LOG_ID, ERROR_CODE, ERROR_MESSAGE, ATTEMPTS: as EventBridge's own dead-letter queues say why."""
    texts = {"LOG_ID": failure.log_id, "ERROR_CODE": failure.code, "ERROR_MESSAGE": failure.message}
    return {
        # SQS refuses an empty value
        **{name: {"DataType": "String", "StringValue": text or "-"} for name, text in texts.items()},
        "ATTEMPTS": {"DataType": "Number", "StringValue": str(failure.attempts)},
    }


def message_bytes(body: str, attributes: dict[str, "MessageAttributeValueTypeDef"]) -> int:
    """As SQS counts: body, and the name, type and value of each attribute."""
    texts = [body, *attributes, *(value for attribute in attributes.values() for value in attribute.values())]
    return sum(len(str(text).encode()) for text in texts)
