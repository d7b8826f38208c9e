"""Which events are kept in a dead-letter queue, and why?"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stacks.route import Target
from tests.local.app.deployment import Deployment

# Which delivery a message in the queue stands for; None: the event has not reached its bus, and so no target.
QUEUES: dict[str, Target | None] = {
    "UndeliveredQueue": None,
    "FailedQueue": None,
    "ActivityRouteUndeliveredQueue": Target.STREAM,
    "ActivityRouteUnprocessedQueue": Target.STREAM,
    "EventLogUndeliveredQueue": Target.EVENT_LOG,
    "AlertRouteUndeliveredQueue": Target.ALERT,
    "AlertRouteUnprocessedQueue": Target.ALERT,
    "TaskInboxUndeliveredQueue": Target.TASK,
    "TaskInboxUnprocessedQueue": Target.TASK,
    "InstancesInboxUndeliveredQueue": Target.INSTANCES,
    "InstancesInboxUnprocessedQueue": Target.INSTANCES,
}
# Its messages are about an invocation as a whole: some of its events can be at their targets all the same. (Those of
# TaskNotStarted are about the start of a task alone: the event waits in the inbox.)
ABOUT_A_WHOLE = {"FailedQueue"}


@dataclass(frozen=True)
class Letter:
    """One event in one queue."""

    log_id: str
    queue: str
    reason: str

    def is_about(self, log_id: str, target: Target) -> bool:
        return self.log_id == log_id and QUEUES[self.queue] in (None, target)


class Letters:
    """Takes the messages out of all dead-letter queues, and remembers them."""

    def __init__(self, deployed: Deployment) -> None:
        self._deployed = deployed
        self._sqs = deployed.client("sqs")
        self.found: list[Letter] = []

    def collect(self) -> None:
        for queue in QUEUES:
            for message in self._messages(self._deployed.physical_id(queue)):
                reason, log_ids = self._read(message)
                assert reason, f"a message in {queue} without a reason: {message}"
                self.found += [Letter(log_id, queue, reason) for log_id in log_ids]

    def _messages(self, url: str) -> Iterator[dict[str, Any]]:
        while received := self._sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        ).get("Messages"):
            yield from received
            handles = [{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(received)]
            assert not self._sqs.delete_message_batch(QueueUrl=url, Entries=handles).get("Failed")

    def _read(self, message: Mapping[str, Any]) -> tuple[str, list[str]]:
        """The reason, and the log_ids of the events that the message keeps."""
        values = {name: value["StringValue"] for name, value in message.get("MessageAttributes", {}).items()}
        body = parsed(message["Body"])
        if "LOG_ID" in values:  # of the sender
            return values["ERROR_CODE"], [values["LOG_ID"]]
        if "RULE_ARN" in values:  # of EventBridge
            return values["ERROR_CODE"], log_ids(body)
        if "KinesisBatchInfo" in body:
            return body["requestContext"]["condition"], self._records(body["KinesisBatchInfo"])
        if "requestContext" in body:  # of Lambda
            return str(body["responsePayload"]["errorMessage"]), log_ids(body["requestPayload"])
        return "received too often", log_ids(body)

    def _records(self, batch: Mapping[str, Any]) -> list[str]:
        """A stream's message names the records; the stream has them."""
        kinesis, start = self._deployed.client("kinesis"), batch["startSequenceNumber"]
        shard = {"StreamARN": batch["streamArn"], "ShardId": batch["shardId"]}
        iterator = kinesis.get_shard_iterator(
            **shard, ShardIteratorType="AT_SEQUENCE_NUMBER", StartingSequenceNumber=start
        )["ShardIterator"]
        records = kinesis.get_records(ShardIterator=iterator, Limit=batch["batchSize"])["Records"]
        return [log_id for record in records for log_id in log_ids(parsed(record["Data"].decode()))]


def parsed(text: str) -> Any:
    """{} for what is no JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return {}


def log_ids(body: Mapping[str, Any]) -> list[str]:
    """Of an event, or of a request to the sender."""
    if "events" in body:
        return [event["log_id"] for event in body["events"]]
    return [str(body["detail"]["log_id"])] if "detail" in body else []
