"""Does a reader of a log group get all of it?"""

import pytest

from tests.local.local_aws.aws import Aws, unique

pytestmark = pytest.mark.local
START = 1_800_000_000_000


def test_all_pages_together_hold_every_event_once_in_order(aws: Aws) -> None:
    group = unique("group")
    aws.logs.create_log_group(logGroupName=group)
    for stream in range(3):
        events = [{"timestamp": START + number, "message": f"{stream} {number}"} for number in range(5_000)]
        aws.logs.create_log_stream(logGroupName=group, logStreamName=str(stream))
        aws.logs.put_log_events(logGroupName=group, logStreamName=str(stream), logEvents=events)

    def found(**settings: object) -> list[str]:
        pages = aws.logs.get_paginator("filter_log_events").paginate(logGroupName=group, **settings)
        return [event["message"] for page in pages for event in page["events"]]

    assert found() == [f"{stream} {number}" for number in range(5_000) for stream in range(3)]
    assert found(startTime=START + 4_999, filterPattern='"1 4999"') == ["1 4999"]
    assert found(endTime=START + 9, limit=7) == [f"{stream} {number}" for number in range(10) for stream in range(3)]


def test_a_page_of_one_millisecond_is_the_last(aws: Aws) -> None:
    group = unique("group")
    aws.logs.create_log_group(logGroupName=group)
    aws.logs.create_log_stream(logGroupName=group, logStreamName="s")
    events = [{"timestamp": START, "message": str(number)} for number in range(3)]
    aws.logs.put_log_events(logGroupName=group, logStreamName="s", logEvents=events)
    answer = aws.logs.filter_log_events(logGroupName=group, limit=2)
    assert [event["message"] for event in answer["events"]] == ["0", "1"]
    assert "nextToken" not in answer
