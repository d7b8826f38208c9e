"""Does every event arrive when many come at once?"""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from local_aws.control import ACCOUNT, REGION
from tests.local.local_aws.aws import Aws, eventually, unique

pytestmark = pytest.mark.local
EVENTS = 400
PRINTS = "def handler(event, context): print('got', event['detail']['log_id'])"
PRINTS_ALL = """
import base64, json
def handler(event, context):
    for record in event['Records']:
        print('got', json.loads(base64.b64decode(record['kinesis']['data']))['detail']['log_id'])
"""


def test_every_event_arrives_once_at_every_target(aws: Aws) -> None:
    bus, stream, group = unique("bus"), unique("stream"), unique("group")
    url, arn = aws.queue()
    aws.logs.create_log_group(logGroupName=group)
    aws.kinesis.create_stream(StreamName=stream, ShardCount=2)
    stream_arn = f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/{stream}"
    function, reader = aws.function(PRINTS), aws.function(PRINTS_ALL)
    aws.functions.create_event_source_mapping(
        EventSourceArn=stream_arn, FunctionName=reader, StartingPosition="TRIM_HORIZON", BatchSize=100
    )
    group_arn = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}"
    aws.rule(bus, *({"Arn": target} for target in (arn, stream_arn, group_arn, function)))
    ids = [f"log-{number:04}" for number in range(EVENTS)]

    def put(ten: list[str]) -> int:
        event = {"Source": "auth0.simulation", "DetailType": "Auth0 log", "EventBusName": bus}
        answer = aws.events.put_events(Entries=[{**event, "Detail": json.dumps({"log_id": id_})} for id_ in ten])
        return int(answer["FailedEntryCount"])

    with ThreadPoolExecutor(4) as pool:
        assert not any(pool.map(put, [ids[start : start + 10] for start in range(0, EVENTS, 10)]))

    def printed(arn: str) -> list[str]:
        return sorted(line.removeprefix("got ") for line in aws.output_of(arn) if line.startswith("got "))

    eventually(lambda: len(printed(function)) >= EVENTS and len(printed(reader)) >= EVENTS)
    assert printed(function) == printed(reader) == ids
    assert sorted(json.loads(line)["detail"]["log_id"] for line in aws.log_lines(group)) == ids
    queued = [json.loads(message["Body"])["detail"]["log_id"] for message in aws.messages(url, EVENTS)]
    assert sorted(queued) == ids
