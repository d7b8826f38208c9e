"""Does a function get the records of a failed batch again, as Lambda would hand them over?"""

import base64
import json
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.kinesis_stream_event import KinesisStreamEvent

from ops.redrive.function_calls import portions
from tests.emulated.ops.world import World, reasons
from tests.unit.ops.names import ACCOUNT, ACTIVITY, REGION

SHARD = "shardId-000000000000"
STREAM = f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/events"


@pytest.fixture
def sequence_numbers(world: World) -> list[str]:
    """Of five records in a stream: b"0" to b"4"."""
    world.aws.kinesis.create_stream(StreamName="events", ShardCount=1)
    return [
        world.aws.kinesis.put_record(StreamName="events", PartitionKey=f"key-{number}", Data=f"{number}".encode())[
            "SequenceNumber"
        ]
        for number in range(5)
    ]


def put_batch(world: World, first: str, last: str, count: int, **more: str) -> None:
    batch = {"shardId": SHARD, "startSequenceNumber": first, "endSequenceNumber": last, "batchSize": count}
    context = {"functionArn": ACTIVITY, "condition": "RetryAttemptsExhausted"}
    record = {"requestContext": context, "KinesisBatchInfo": {**batch, "streamArn": STREAM, **more}}
    world.put("ActivityRouteUnprocessed", record)


def data_of(payload: Any) -> list[str]:
    return [base64.b64decode(record["kinesis"]["data"]).decode() for record in payload["Records"]]


def test_the_function_gets_exactly_the_records_of_the_batch(world: World, sequence_numbers: list[str]) -> None:
    put_batch(world, sequence_numbers[1], sequence_numbers[3], 3)
    assert world.redrive().put_back == 1
    ((function, payload),) = world.aws.fake.calls
    assert function == ACTIVITY
    assert data_of(payload) == ["1", "2", "3"]
    record = next(KinesisStreamEvent(payload).records)
    assert (record.kinesis.sequence_number, record.kinesis.partition_key) == (sequence_numbers[1], "key-1")
    assert record.event_id == f"{SHARD}:{sequence_numbers[1]}"
    assert (record.event_source_arn, record.event_name) == (STREAM, "aws:kinesis:record")
    assert record.kinesis.approximate_arrival_timestamp > 1_700_000_000
    assert world.visible("ActivityRouteUnprocessed") == []


@pytest.mark.parametrize(("answer", "put_back"), [({"batchItemFailures": []}, 1), (None, 1), ({}, 1)])
def test_an_answer_without_failures_is_a_yes(
    world: World, sequence_numbers: list[str], answer: Any, put_back: int
) -> None:
    world.aws.fake.answer = lambda _: answer
    put_batch(world, sequence_numbers[0], sequence_numbers[0], 1)
    assert world.redrive().put_back == put_back


def test_a_batch_of_which_a_record_fails_again_stays(world: World, sequence_numbers: list[str]) -> None:
    world.aws.fake.answer = lambda _: {"batchItemFailures": [{"itemIdentifier": sequence_numbers[1]}]}
    put_batch(world, sequence_numbers[0], sequence_numbers[1], 2)
    assert reasons(world.redrive()) == ["1 of 2 records failed again"]
    assert len(world.visible("ActivityRouteUnprocessed")) == 1


@pytest.mark.usefixtures("sequence_numbers")
def test_a_batch_that_the_stream_has_no_longer_stays_and_says_where_its_events_are(world: World) -> None:
    put_batch(world, "0", "0", 1)
    (reason,) = reasons(world.redrive())
    assert "the event log and the bus's archive have the events" in reason
    assert world.aws.fake.calls == []
    assert len(world.visible("ActivityRouteUnprocessed")) == 1


def test_a_batch_of_which_the_stream_has_a_part_stays(world: World, sequence_numbers: list[str]) -> None:
    put_batch(world, "0", sequence_numbers[1], 3)
    assert len(reasons(world.redrive())) == 1
    assert world.aws.fake.calls == []


def test_a_batch_of_a_stream_that_is_gone_stays(world: World) -> None:
    put_batch(world, "1", "1", 1)
    assert reasons(world.redrive())[0].startswith("ResourceNotFoundException: ")


@pytest.mark.parametrize(("megabytes", "calls"), [([1, 1], [2]), ([2, 2, 2], [1, 1, 1]), ([0, 0, 0, 3], [4]), ([], [])])
def test_a_call_stays_below_lambdas_limit(megabytes: list[int], calls: list[int]) -> None:
    records: Any = [{"Data": b"x" * 1_000_000 * each} for each in megabytes]
    assert [len(some) for some in portions(records)] == calls


def test_what_the_function_is_given_is_json(world: World, sequence_numbers: list[str]) -> None:
    put_batch(world, sequence_numbers[4], sequence_numbers[4], 1)
    world.redrive()
    ((_, payload),) = world.aws.fake.calls
    assert json.loads(json.dumps(payload)) == payload
    assert data_of(payload) == ["4"]
