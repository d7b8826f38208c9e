"""How is a function called with what it once failed on, and does it take it this time?

Synchronously: asynchronously, Lambda would say yes at once, and poison would come back as another letter.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ops.aws import Aws
from ops.redrive.refusal import FunctionFailed, Refused
from ops.redrive.ways import ReplayRecords, SendAgain

if TYPE_CHECKING:
    from mypy_boto3_kinesis.type_defs import RecordTypeDef

# Of the 6 MB of a synchronous call: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MOST_BYTES = 5_000_000
MOST_EMPTY_READS = 20  # of a shard, which may answer nothing although records follow


def call(aws: Aws, function: str, payload: str) -> Any:
    """The function's answer. Raises FunctionFailed, and what boto3 raises."""
    answer = aws.functions.invoke(FunctionName=function, Payload=payload.encode())
    said = json.loads(answer["Payload"].read() or b"null")
    if "FunctionError" in answer:
        error = said if isinstance(said, dict) else {}
        raise FunctionFailed(f"{error.get('errorType', answer['FunctionError'])}: {error.get('errorMessage', '')}")
    return said


def send_again(aws: Aws, sender: str | None, ways: Sequence[SendAgain]) -> int:
    """Hands the events to the sender; how many of them it could not send, and has kept again. Raises Refused."""
    if not sender:
        raise Refused("this environment has no sender (any more)")
    answer = call(aws, sender, f'{{"events":[{",".join(way.body for way in ways)}]}}')
    if not isinstance(answer, dict) or not isinstance(answer.get("failed"), int):
        raise Refused("the sender does not say whether it has sent the events")
    return int(answer["failed"])


def replay(aws: Aws, way: ReplayRecords) -> None:
    """Calls the function with the records of the batch. Raises Refused if the stream has not all of them any more."""
    records = list(read(aws, way))
    if len(records) != way.count:
        raise Refused("the stream no longer has its records; the event log and the bus's archive have the events")
    for some in portions(records):
        event = {"Records": [event_record(way, record, aws.region) for record in some]}
        answer = call(aws, way.function_arn, json.dumps(event))
        failed = answer.get("batchItemFailures") if isinstance(answer, dict) else None
        if failed:
            raise FunctionFailed(f"{len(failed)} of {len(some)} records failed again")


def read(aws: Aws, way: ReplayRecords) -> Iterator["RecordTypeDef"]:
    """The records from the first to the last of the batch that the stream still has."""
    iterator: str | None = aws.kinesis.get_shard_iterator(
        StreamARN=way.stream_arn,
        ShardId=way.shard_id,
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        StartingSequenceNumber=way.first,
    )["ShardIterator"]
    empty = 0
    while iterator and empty < MOST_EMPTY_READS:
        answer = aws.kinesis.get_records(ShardIterator=iterator, Limit=min(way.count, 10_000), StreamARN=way.stream_arn)
        for record in answer["Records"]:
            if int(record["SequenceNumber"]) > int(way.last):
                return
            yield record
            if record["SequenceNumber"] == way.last:
                return
        iterator, empty = answer.get("NextShardIterator"), empty + (not answer["Records"])


def portions(records: Sequence["RecordTypeDef"]) -> Iterator[list["RecordTypeDef"]]:
    """As few calls as their size allows, in their order; a record's data grows by a third on its way."""
    some: list[RecordTypeDef] = []
    for record in records:
        if some and sum(len(each["Data"]) for each in [*some, record]) * 4 / 3 > MOST_BYTES:
            yield some
            some = []
        some.append(record)
    if some:
        yield some


def event_record(way: ReplayRecords, record: "RecordTypeDef", region: str) -> dict[str, Any]:
    """As Lambda writes it, without `invokeIdentityArn`: nobody but an operator calls.

    https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
    """
    return {
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": record["PartitionKey"],
            "sequenceNumber": record["SequenceNumber"],
            "data": base64.b64encode(record["Data"]).decode(),
            "approximateArrivalTimestamp": record["ApproximateArrivalTimestamp"].timestamp(),
        },
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": f"{way.shard_id}:{record['SequenceNumber']}",
        "eventName": "aws:kinesis:record",
        "awsRegion": region,
        "eventSourceARN": way.stream_arn,
    }
