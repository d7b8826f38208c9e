"""Which events are refused, one by one or all together?"""

import json

import pytest
from botocore.exceptions import ClientError

from tests.local.local_aws.aws import Aws, unique

pytestmark = pytest.mark.local


def test_a_bad_entry_fails_alone(aws: Aws) -> None:
    bus, (url, arn) = unique("bus"), aws.queue()
    aws.rule(bus, {"Arn": arn})
    good = {"Source": "auth0.simulation", "DetailType": "Auth0 log", "Detail": '{"n": 1}', "EventBusName": bus}
    bad = [
        {**good, "Detail": "{"},
        {**good, "Source": "aws.s3"},
    ]
    answer = aws.events.put_events(Entries=[*bad, good])
    assert answer["FailedEntryCount"] == 2
    assert [entry.get("ErrorCode") for entry in answer["Entries"]] == [
        "MalformedDetail",
        "NotAuthorizedForSourceException",
        None,
    ]
    assert json.loads(aws.messages(url)[0]["Body"])["id"] == answer["Entries"][2]["EventId"]


def test_too_many_entries_fail_the_whole_request(aws: Aws) -> None:
    with pytest.raises(ClientError, match="ValidationException"):
        aws.events.put_events(Entries=[{"Source": "auth0.simulation", "DetailType": "Auth0 log", "Detail": "{}"}] * 11)


def test_an_event_for_a_bus_that_does_not_exist_is_accepted_and_gone(aws: Aws) -> None:
    assert aws.put(unique("none"))["FailedEntryCount"] == 0


def test_faults_fail_single_entries_while_the_others_go_through(aws: Aws) -> None:
    aws.faults(entry=0.5)
    codes = {aws.put("default")["Entries"][0].get("ErrorCode") for _ in range(64)}
    assert codes == {"ThrottlingException", None}


def test_faults_throttle_whole_calls_until_they_are_taken_back(aws: Aws) -> None:
    aws.faults(throttle=1)
    with pytest.raises(ClientError, match="ThrottlingException"):
        aws.without_retries.put_events(Entries=[{"Source": "s", "DetailType": "d", "Detail": "{}"}])
    aws.faults()
    assert aws.put("default")["FailedEntryCount"] == 0
