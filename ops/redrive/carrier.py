"""How is each way back gone?"""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache

from ops.environment import Environment
from ops.redrive.function_calls import call, replay, send_again
from ops.redrive.refusal import Refused, refusals
from ops.redrive.tasks import start
from ops.redrive.ways import (
    CallFunction,
    PutRecord,
    ReplayRecords,
    SendAgain,
    SendMessage,
    SingleWay,
    StartTask,
    WriteLogEvent,
)


class Carrier:
    """Puts letters back in one environment. What it returns from has arrived; Refused says why something has not."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._aws = environment.aws
        self._log_stream = f"redrive-{uuid.uuid4()}"
        self._queue_url = cache(self._find_queue_url)
        self._log_groups: set[str] = set()  # that have our stream
        self._clusters: set[str] = set()  # in which a task was started
        self._not_started: dict[StartTask, str] = {}

    def send_again(self, ways: Sequence[SendAgain]) -> int:
        """All of them together; how many the sender has kept again. Raises Refused."""
        with refusals():
            return send_again(self._aws, self._environment.sender_function, ways)

    def put_back(self, way: SingleWay) -> int:
        """How many events a sender that was called has kept again, as it says. Raises Refused."""
        with refusals():
            match way:
                case CallFunction():
                    answer = call(self._aws, way.function_arn, way.payload)
                    if self._environment.is_sender(way.function_arn) and isinstance(answer, dict):
                        return int(answer.get("failed") or 0)
                case ReplayRecords():
                    replay(self._aws, way)
                case PutRecord():
                    self._aws.kinesis.put_record(
                        StreamARN=way.stream_arn, PartitionKey=way.partition_key, Data=way.body.encode()
                    )
                case SendMessage():
                    self._aws.sqs.send_message(QueueUrl=self._queue_url(way.queue_arn), MessageBody=way.body)
                case WriteLogEvent():
                    self._write(way)
                case StartTask():
                    self._start(way)
        return 0

    def _find_queue_url(self, arn: str) -> str:
        *_, account, name = arn.split(":")
        return self._aws.sqs.get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account)["QueueUrl"]

    def _start(self, way: StartTask) -> None:
        """Once in a run: one task drains the inbox, where all its events are."""
        if way in self._not_started:
            raise Refused(self._not_started[way])
        if way.cluster_arn not in self._clusters:
            try:
                with refusals():
                    start(self._aws, way)
            except Refused as refused:
                self._not_started[way] = str(refused)
                raise
            self._clusters.add(way.cluster_arn)

    def _write(self, way: WriteLogEvent) -> None:
        """At the event's own time; CloudWatch refuses one that is older than the log group's retention, or 14 days."""
        if way.log_group not in self._log_groups:
            # the stream is there if the first answer got lost and boto3 has asked again
            with suppress(self._aws.logs.exceptions.ResourceAlreadyExistsException):
                self._aws.logs.create_log_stream(logGroupName=way.log_group, logStreamName=self._log_stream)
            self._log_groups.add(way.log_group)
        now = datetime.now(UTC)
        if self._is_refused_at(moment(way.time) or now, way) and self._is_refused_at(now, way):
            raise Refused("CloudWatch Logs rejected the event, at its own time and now")

    def _is_refused_at(self, time: datetime, way: WriteLogEvent) -> bool:
        answer = self._aws.logs.put_log_events(
            logGroupName=way.log_group,
            logStreamName=self._log_stream,
            logEvents=[{"timestamp": int(time.timestamp() * 1000), "message": way.body}],
        )
        return bool(answer.get("rejectedLogEventsInfo"))


def moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo and found.timestamp() > 0 else None
