"""Does a matched event reach its target, or a dead-letter queue?"""

import json
import time

import pytest

from local_aws.control import ACCOUNT, REGION
from tests.local.local_aws.aws import Aws, eventually, unique

pytestmark = pytest.mark.local


def test_an_event_reaches_every_kind_of_target(aws: Aws) -> None:
    bus, detail = unique("bus"), {"log_id": unique("log")}
    queue_url, queue_arn = aws.queue()
    stream = unique("stream")
    stream_arn = f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/{stream}"
    aws.kinesis.create_stream(StreamName=stream, ShardCount=1)
    group = unique("group")
    aws.logs.create_log_group(logGroupName=group)
    function = aws.function("def handler(event, context): print('got', event['detail']['log_id'])")
    arns = [queue_arn, stream_arn, f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}", function]
    aws.rule(bus, *({"Arn": arn} for arn in arns))

    aws.put(bus, detail)

    assert json.loads(aws.messages(queue_url)[0]["Body"])["detail"] == detail
    assert [json.loads(line)["detail"] for line in eventually(lambda: aws.log_lines(group))] == [detail]
    eventually(lambda: f"got {detail['log_id']}" in aws.output_of(function))
    shard = aws.kinesis.list_shards(StreamName=stream)["Shards"][0]["ShardId"]
    place = aws.kinesis.get_shard_iterator(StreamName=stream, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    record = aws.kinesis.get_records(ShardIterator=place["ShardIterator"])["Records"][0]
    assert json.loads(record["Data"])["detail"] == detail


@pytest.mark.parametrize(
    "resource",
    ["sqs:{}:none", "lambda:{}:function:none", "kinesis:{}:stream/none", "logs:{}:log-group:none"],
)
def test_a_missing_target_is_not_tried_again(aws: Aws, resource: str) -> None:
    bus, (dead_url, dead_arn) = unique("bus"), aws.queue()
    arn = f"arn:aws:{resource.format(f'{REGION}:{ACCOUNT}')}"
    aws.rule(bus, {"Arn": arn, "DeadLetterConfig": {"Arn": dead_arn}})
    aws.put(bus)
    attributes = aws.messages(dead_url)[0]["MessageAttributes"]
    assert attributes["ERROR_CODE"]["StringValue"] == "NO_RESOURCE"
    assert attributes["RETRY_ATTEMPTS"]["StringValue"] == "0"


def test_a_scheduled_rule_takes_no_events_and_waits_for_its_time(aws: Aws) -> None:
    (url, arn), rule = aws.queue(), unique("rule")
    aws.events.put_rule(Name=rule, ScheduleExpression="rate(1 minute)")
    aws.events.put_targets(Rule=rule, Targets=[{"Id": "1", "Arn": arn}])
    aws.put("default")
    assert "Messages" not in aws.sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1)


def test_an_archived_event_can_be_replayed_to_the_rules(aws: Aws) -> None:
    bus, (url, arn), archive = unique("bus"), aws.queue(), unique("archive")
    aws.rule(bus, {"Arn": arn})
    bus_arn = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{bus}"
    made = aws.events.create_archive(ArchiveName=archive, EventSourceArn=bus_arn)
    aws.put(bus, {"log_id": "again"})
    aws.messages(url)
    aws.events.start_replay(
        ReplayName=unique("replay"),
        EventSourceArn=made["ArchiveArn"],
        EventStartTime=time.time() - 60,
        EventEndTime=time.time() + 60,
        Destination={"Arn": bus_arn},
    )
    replayed = json.loads(aws.messages(url)[0]["Body"])
    assert replayed["detail"] == {"log_id": "again"}
    assert replayed["replay-name"]
