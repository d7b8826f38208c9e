"""What becomes of a record that a stream's function fails on?"""

import json

import pytest

from local_aws.control import ACCOUNT, REGION
from tests.local.local_aws.aws import Aws, eventually, unique

pytestmark = pytest.mark.local
REPORTS = """
import base64
def handler(event, context):
    failures = []
    for record in event['Records']:
        word = base64.b64decode(record['kinesis']['data']).decode()
        if word == 'poison':
            failures.append({'itemIdentifier': record['kinesis']['sequenceNumber']})
            break
        print('read', word)
    return {'batchItemFailures': failures}
"""
RAISES = """
import base64
def handler(event, context):
    words = [base64.b64decode(record['kinesis']['data']).decode() for record in event['Records']]
    if 'poison' in words:
        raise ValueError(words)
    for word in words:
        print('read', word)
"""


@pytest.fixture
def stream(aws: Aws) -> str:
    name = unique("stream")
    aws.kinesis.create_stream(StreamName=name, ShardCount=1)
    return name


def connect(aws: Aws, stream: str, function: str, failed: str, **settings: object) -> str:
    mapping = aws.functions.create_event_source_mapping(
        EventSourceArn=f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/{stream}",
        FunctionName=function,
        StartingPosition="TRIM_HORIZON",
        MaximumRetryAttempts=1,
        DestinationConfig={"OnFailure": {"Destination": failed}},
        **settings,
    )
    return str(mapping["UUID"])


@pytest.mark.parametrize("source", [REPORTS, RAISES])
def test_a_poisonous_record_alone_goes_to_the_failure_queue_and_each_other_is_read_once(
    aws: Aws, stream: str, source: str
) -> None:
    url, arn = aws.queue()
    words = [*(f"w{number}" for number in range(9)), "poison", "last"]
    function = aws.function(source)
    settings = {"FunctionResponseTypes": ["ReportBatchItemFailures"], "BisectBatchOnFunctionError": True}
    connect(aws, stream, function, arn, BatchSize=100, **settings)
    put = aws.kinesis.put_records(
        StreamName=stream, Records=[{"Data": word.encode(), "PartitionKey": "k"} for word in words]
    )
    record = json.loads(aws.messages(url)[0]["Body"])
    batch, poison = record["KinesisBatchInfo"], put["Records"][words.index("poison")]["SequenceNumber"]
    assert (batch["startSequenceNumber"], batch["endSequenceNumber"], batch["batchSize"]) == (poison, poison, 1)
    assert record["requestContext"]["condition"] == "RetryAttemptsExhausted"
    eventually(lambda: "read last" in aws.output_of(function))
    read = [line for line in aws.output_of(function) if line.startswith("read")]
    assert sorted(read) == sorted(f"read {word}" for word in words if word != "poison")


def test_without_bisecting_what_follows_the_poisonous_record_goes_with_it(aws: Aws, stream: str) -> None:
    url, arn = aws.queue()
    records = [{"Data": word.encode(), "PartitionKey": "k"} for word in ("first", "poison", "last")]
    function = aws.function(REPORTS)
    connect(aws, stream, function, arn, FunctionResponseTypes=["ReportBatchItemFailures"])
    put = aws.kinesis.put_records(StreamName=stream, Records=records)
    batch = json.loads(aws.messages(url)[0]["Body"])["KinesisBatchInfo"]
    ends = [put["Records"][number]["SequenceNumber"] for number in (1, 2)]
    assert [batch["startSequenceNumber"], batch["endSequenceNumber"]] == ends
    assert [line for line in aws.output_of(function) if line.startswith("read")] == ["read first"]


def test_a_mapping_that_is_deleted_holds_up_no_other(aws: Aws, stream: str) -> None:
    _, arn = aws.queue()
    function = aws.function("def handler(event, context): raise ValueError")
    mapping = connect(aws, stream, function, arn)
    aws.functions.update_event_source_mapping(UUID=mapping, MaximumRetryAttempts=-1)
    aws.kinesis.put_record(StreamName=stream, Data=b"x", PartitionKey="k")
    eventually(lambda: aws.output_of(function))
    aws.functions.delete_event_source_mapping(UUID=mapping)
    other = aws.function(REPORTS)
    connect(aws, stream, other, arn)
    eventually(lambda: "read x" in aws.output_of(other))
