"""Reads Auth0 log events from an SQS queue and processes them one by one.

    worker.py drain   until the queue is empty, then exits: an ECS task
    worker.py poll    for ever: a service on an EC2 instance

QUEUE_URL is the queue; WAIT_SECONDS (1 to 20, default 20) is how long one request waits for a message. An event is
processed, its log id remembered in the DynamoDB table PROCESSED_TABLE, its message deleted; a later copy is deleted
unprocessed. None is lost; one is processed twice if its worker dies before it remembers, or if two workers have copies
in hand at the same moment. (A claim before processing would cost each event another write, and after a worker's death
a wait for the claim's end.) An event that fails comes again, until the queue's own redrive policy moves it to the
dead-letter queue. SIGTERM and SIGINT let the message in hand finish and give the others back; a second one ends the
program at once. Exit codes: 0 done or stopped, 1 AWS does not answer (drain only), 2 wrong call.

This file travels alone, in an ECS task definition and in EC2 user data: it stays below 12 KB, imports nothing of this
project, and runs on Amazon Linux 2023's Python 3.9 and boto3 as on newer ones.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Any

import botocore.session  # not boto3, which imports more
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:  # the stubs are not where the worker runs
    from collections.abc import Mapping, Sequence

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

MOST_MESSAGES = 10  # of one request, as every ReceiveMessage
LONGEST_PAUSE_SECONDS = 60  # between two tries to reach the queue
# The latest that a copy can come: after 7 days of Auth0's retries, one of EventBridge's, 7 in the inbox and 14 in a
# dead-letter queue.
REMEMBERED_SECONDS = (7 + 1 + 7 + 14) * 24 * 3600
LONGEST_TEXT = 100  # characters of a log id or log type that are logged; Auth0's have about 55


def process(event: Any) -> None:
    """The one place to edit: what is done with an event. Raise, and it comes again.

    `event` is `{"detail-type": "Auth0 log", "source", "detail": {"log_id", "data": {"type", ...}}, ...}`. Called once
    for a log_id, but for what the top of this file says. Log ids and decisions only: the rest is personal data.
    """
    log_id, log_type = identity(event)
    log("event processed", log_id=log_id[:LONGEST_TEXT], log_type=log_type[:LONGEST_TEXT])


class NoAuth0Log(ValueError):
    """The event carries no Auth0 log."""


class Stopped(BaseException):
    """A signal came, and no message is in hand. No Exception, as nobody but `Worker.run` is to catch it."""


def identity(event: Any) -> tuple[str, str]:
    """The log id and the log type of an event. Raises NoAuth0Log if it has none."""
    log_id = log_id_of(event)
    log_type = text_at(event, "detail", "data", "type")
    if not log_id or not log_type:
        raise NoAuth0Log("detail.log_id or detail.data.type is missing or no text")
    return log_id, log_type


def parsed(body: str) -> Any:
    """None for what is no JSON: `process` refuses it as no event."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def log_id_of(event: Any) -> str:
    return text_at(event, "detail", "log_id") or text_at(event, "detail", "data", "log_id")


def text_at(value: Any, *path: str) -> str:
    """The text at `path` in nested objects, "" if there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def log(message: str, **fields: object) -> None:
    """One line of ASCII JSON, whatever is in the fields."""
    sys.stdout.write(json.dumps({"message": message, **fields}) + "\n")
    sys.stdout.flush()


class Processed:
    """The log ids in a DynamoDB table, as hashes: a key has a limit, a log id has none."""

    def __init__(self, dynamodb: DynamoDBClient, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def has(self, log_id: str) -> bool:
        return "Item" in self._dynamodb.get_item(TableName=self._table, Key=key_of(log_id), ConsistentRead=True)

    def add(self, log_id: str) -> None:
        expiration = str(int(time.time()) + REMEMBERED_SECONDS)
        self._dynamodb.put_item(TableName=self._table, Item={**key_of(log_id), "expiration": {"N": expiration}})


def key_of(log_id: str) -> dict[str, Any]:
    return {"id": {"S": hashlib.sha256(log_id.encode("utf-8", "surrogatepass")).hexdigest()}}


class Worker:
    """Processes the messages of one queue, one log once."""

    def __init__(self, sqs: SQSClient, queue_url: str, wait_seconds: int, processed: Processed) -> None:
        self._sqs = sqs
        self._processed = processed
        self._queue_url = queue_url
        self._wait_seconds = wait_seconds
        self._is_stopping = False
        self._is_idle = False

    def stop(self, signal_number: int, _frame: object = None) -> None:
        """A signal handler. Waiting ends at once; a message in hand is finished first."""
        signal.signal(signal_number, signal.SIG_DFL)
        self._is_stopping = True
        if self._is_idle:
            raise Stopped

    def run(self, *, forever: bool) -> int:
        """Processes messages until the queue is empty (for ever: until a signal); returns the exit code."""
        errors = 0
        try:
            while True:
                try:
                    messages = self._receive()
                    if not messages and not forever:
                        return 0
                    self._handle(messages)
                    errors = 0
                except (BotoCoreError, ClientError) as error:
                    log("AWS does not answer", error=name_of(error))
                    if not forever:
                        return 1
                    errors += 1
                    self._pause(min(2**errors, LONGEST_PAUSE_SECONDS))
        except Stopped:
            log("worker stopped")
            return 0

    def _receive(self) -> Sequence[MessageTypeDef]:
        """Waits for messages. One that comes as a signal ends the wait comes again after its visibility timeout."""
        self._is_idle = True
        try:
            self._stop_if_asked()
            return self._sqs.receive_message(
                QueueUrl=self._queue_url,
                MaxNumberOfMessages=MOST_MESSAGES,
                WaitTimeSeconds=self._wait_seconds,
                AttributeNames=["ApproximateReceiveCount"],  # Amazon Linux's boto3 has only this older name
            ).get("Messages", [])
        finally:
            self._is_idle = False

    def _handle(self, messages: Sequence[MessageTypeDef]) -> None:
        for place, message in enumerate(messages):
            if self._is_stopping:
                self._give_back(messages[place:])
            self._stop_if_asked()
            try:
                self._handle_one(message)
            except ClientError as error:  # AWS said no, so it is there: the message comes again, the others go on
                log("message not settled", message_id=message["MessageId"], error=name_of(error))

    def _handle_one(self, message: MessageTypeDef) -> None:
        """A table that does not answer is no fault of the message, which comes again after its whole timeout."""
        event = parsed(message["Body"])
        log_id = log_id_of(event)
        if log_id and self._processed.has(log_id):
            log("event already processed", log_id=log_id[:LONGEST_TEXT])
        else:
            try:
                process(event)
            except Exception as error:  # noqa: BLE001 - whatever one event raises, the others go on, and SQS keeps it
                self._come_again(message, log_id, error)
                return
            self._remember(log_id)
        self._sqs.delete_message(QueueUrl=self._queue_url, ReceiptHandle=message["ReceiptHandle"])

    def _remember(self, log_id: str) -> None:
        try:
            if log_id:
                self._processed.add(log_id)
        except (BotoCoreError, ClientError) as error:  # it is done: to come again, it would certainly be done twice
            log("event not remembered", log_id=log_id[:LONGEST_TEXT], error=name_of(error))

    def _come_again(self, message: MessageTypeDef, log_id: str, error: Exception) -> None:
        """Sooner than one request waits: `drain` must not take the queue for empty while the message is invisible."""
        count = int(message.get("Attributes", {}).get("ApproximateReceiveCount", 1))
        log(
            "event failed",
            message_id=message["MessageId"],
            receive_count=count,
            error=name_of(error),
            **({"log_id": log_id[:LONGEST_TEXT]} if log_id else {}),
        )
        seconds = min(2**count, self._wait_seconds // 2)
        self._sqs.change_message_visibility(
            QueueUrl=self._queue_url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=seconds
        )

    def _give_back(self, messages: Sequence[MessageTypeDef]) -> None:
        self._sqs.change_message_visibility_batch(
            QueueUrl=self._queue_url,
            Entries=[
                {"Id": str(place), "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 0}
                for place, message in enumerate(messages)
            ],
        )

    def _pause(self, seconds: float) -> None:
        self._is_idle = True
        try:
            self._stop_if_asked()
            time.sleep(seconds)
        finally:
            self._is_idle = False

    def _stop_if_asked(self) -> None:
        if self._is_stopping:
            raise Stopped


def name_of(error: Exception) -> str:
    """AWS's error code, or the type of an error that is not AWS's answer."""
    return error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Runs the worker; returns the exit code."""
    queue_url, table = environment.get("QUEUE_URL"), environment.get("PROCESSED_TABLE")
    wait_seconds = environment.get("WAIT_SECONDS", "20")
    if list(arguments) not in (["drain"], ["poll"]):
        return wrong_call("expected one argument: drain (until the queue is empty) or poll (for ever)")
    if not queue_url:
        return wrong_call("QUEUE_URL is not set; expected the URL of the SQS queue to read")
    if not table:
        return wrong_call("PROCESSED_TABLE is not set; expected the DynamoDB table that remembers processed log ids")
    if wait_seconds not in [str(seconds) for seconds in range(1, 21)]:
        return wrong_call(f"WAIT_SECONDS is {wait_seconds[:20]!r}; expected a whole number from 1 to 20")
    try:
        session = botocore.session.get_session()
        sqs = client(session, "sqs", int(wait_seconds) + 10, environment)
        processed = Processed(client(session, "dynamodb", 3, environment), table)
    except BotoCoreError as error:  # no region
        return wrong_call(str(error))
    worker = Worker(sqs, queue_url, int(wait_seconds), processed)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    return worker.run(forever=arguments[0] == "poll")


def wrong_call(reason: str) -> int:
    sys.stderr.write(f"worker.py: {reason}\n")
    return 2


def client(session: Any, service: str, read_timeout: int, environment: Mapping[str, str]) -> Any:
    retries: Any = {"total_max_attempts": 3, "mode": "standard"}
    config = Config(connect_timeout=5, read_timeout=read_timeout, retries=retries)
    # ECS sets AWS_REGION, botocore reads AWS_DEFAULT_REGION only
    return session.create_client(service, region_name=environment.get("AWS_REGION"), config=config)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
