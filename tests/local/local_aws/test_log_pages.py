"""Does a reader of a log group get all of it?"""

import pytest

from tests.local.local_aws.aws import Aws, unique

pytestmark = pytest.mark.local


def test_all_pages_together_hold_every_event_once_in_order(aws: Aws) -> None:
    group = unique("group")
    aws.logs.create_log_group(logGroupName=group)
    for stream in range(3):
        events = [{"timestamp": 1_800_000_000_000 + number, "message": f"{stream} {number}"} for number in range(5_000)]
        aws.logs.create_log_stream(logGroupName=group, logStreamName=str(stream))
        aws.logs.put_log_events(logGroupName=group, logStreamName=str(stream), logEvents=events)
    pages = aws.logs.get_paginator("filter_log_events").paginate(logGroupName=group)
    found = [event["message"] for page in pages for event in page["events"]]
    assert found == [f"{stream} {number}" for number in range(5_000) for stream in range(3)]
    late = aws.logs.filter_log_events(logGroupName=group, startTime=1_800_000_004_999, filterPattern='"1 4999"')
    assert [event["message"] for event in late["events"]] == ["1 4999"]
