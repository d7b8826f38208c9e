"""Does a letter say itself where it came from?"""

import json
from typing import Any

import pytest

from ops.redrive.letters import Letter
from ops.redrive.way_back import POISON, UNKNOWN, way_back
from ops.redrive.ways import (
    CallFunction,
    NoWay,
    PutRecord,
    ReplayRecords,
    SendAgain,
    SendMessage,
    StartTask,
    WriteLogEvent,
)
from tests.unit.ops.names import ACCOUNT, ACTIVITY, ALERT, REGION, RULE, event

STREAM = f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/events"
CLUSTER = f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/tasks"
INBOX = f"arn:aws:sqs:{REGION}:{ACCOUNT}:inbox"
BATCH: dict[str, Any] = {
    "shardId": "shardId-000000000001",
    "startSequenceNumber": "10",
    "endSequenceNumber": "12",
    "batchSize": 3,
    "streamArn": STREAM,
}


def letter(body: Any, inbox_arn: str | None = None, **attributes: str) -> Letter:
    text = body if isinstance(body, str) else json.dumps(body)
    return Letter(message_id="m", receipt_handle="r", body=text, attributes=attributes, sent_at=0, inbox_arn=inbox_arn)


def rule_letter(target: str, body: Any = None) -> Letter:
    return letter(event("1") if body is None else body, RULE_ARN=RULE, TARGET_ARN=target, ERROR_CODE="NO_RESOURCE")


def record(function: str = ALERT, **more: Any) -> Letter:
    return letter({"requestContext": {"functionArn": function, "condition": "RetriesExhausted"}, **more})


@pytest.mark.parametrize(
    ("target", "way"),
    [
        (ALERT, CallFunction(function_arn=ALERT, payload=json.dumps(event("1")))),
        (STREAM, PutRecord(stream_arn=STREAM, body=json.dumps(event("1")), partition_key="id-1")),
        (INBOX, SendMessage(queue_arn=INBOX, body=json.dumps(event("1")))),
        (CLUSTER, StartTask(rule_arn=RULE, cluster_arn=CLUSTER)),
        (
            f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/a/b:*",
            WriteLogEvent(log_group="/a/b", body=json.dumps(event("1")), time="2026-11-24T12:00:00Z"),
        ),
        (f"arn:aws:sns:{REGION}:{ACCOUNT}:topic", NoWay(place="no way back to a target of 'sns'")),
        ("nonsense", NoWay(place="no way back to a target of ''")),
    ],
)
def test_a_rules_letter_goes_to_its_target(target: str, way: object) -> None:
    assert way_back(rule_letter(target)) == way


def test_an_event_without_an_id_has_a_partition_key_all_the_same() -> None:
    assert way_back(rule_letter(STREAM, {})) == PutRecord(stream_arn=STREAM, body="{}", partition_key="m")


def test_a_functions_letter_calls_it_with_what_it_failed_on() -> None:
    expected = CallFunction(function_arn=ALERT, payload='{"a": [1]}')
    assert way_back(record(f"{ALERT}:$LATEST", requestPayload={"a": [1]})) == expected


def test_an_alias_of_a_function_is_called_by_its_alias() -> None:
    way = way_back(record(f"{ALERT}:live", requestPayload={}))
    assert isinstance(way, CallFunction)
    assert way.function_arn == f"{ALERT}:live"


def test_a_batchs_letter_names_its_records() -> None:
    assert way_back(record(ACTIVITY, KinesisBatchInfo=BATCH)) == ReplayRecords(
        function_arn=ACTIVITY, stream_arn=STREAM, shard_id=BATCH["shardId"], first="10", last="12", count=3
    )


def test_a_message_of_an_inboxes_dead_letter_queue_goes_into_the_inbox() -> None:
    body = json.dumps(event("1"))
    assert way_back(letter(body, INBOX)) == SendMessage(queue_arn=INBOX, body=body)


def test_a_message_of_an_inbox_that_looks_like_another_letter_is_poison_and_calls_nothing() -> None:
    """Its content came through the inbox: it must not choose a function."""
    body = {"requestContext": {"functionArn": ALERT}, "requestPayload": {}}
    assert isinstance(way_back(letter(body, INBOX, RULE_ARN=RULE, TARGET_ARN=ALERT)), NoWay)


def test_an_event_that_the_sender_gave_up_on_goes_through_the_sender() -> None:
    body = json.dumps(event("1"))
    assert way_back(letter(body, LOG_ID="1", ERROR_CODE="Throttling", ATTEMPTS="4")) == SendAgain(body=body)


@pytest.mark.parametrize("body", ["no JSON", "[]", "", '{"a": NaN}', "[" * 100_000])
@pytest.mark.parametrize("inbox_arn", [None, INBOX])
def test_what_is_no_json_object_is_poison(body: str, inbox_arn: str | None) -> None:
    assert way_back(letter(body, inbox_arn, RULE_ARN=RULE, TARGET_ARN=ALERT)) == POISON


@pytest.mark.parametrize("body", [{}, {"detail": {"log_id": "1"}}, {"detail": {"data": {"type": "s"}}}])
def test_an_event_without_a_log_is_poison_for_inbox_and_sender(body: Any) -> None:
    sender = letter(body, LOG_ID="1", ERROR_CODE="Throttling", ATTEMPTS="4")
    for way in (way_back(letter(body, INBOX)), way_back(sender)):
        assert isinstance(way, NoWay)
        assert way.place.startswith("poison: ")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"requestContext": {"functionArn": ALERT}},
        {"requestPayload": {}},
        {"requestContext": {"functionArn": ACTIVITY}, "KinesisBatchInfo": {**BATCH, "batchSize": "3"}},
        {"requestContext": {"functionArn": ACTIVITY}, "KinesisBatchInfo": {**BATCH, "startSequenceNumber": "x"}},
        {"requestContext": {"functionArn": ACTIVITY}, "KinesisBatchInfo": {**BATCH, "streamArn": None}},
        {"requestContext": "text", "requestPayload": {}},
    ],
)
def test_what_is_no_letter_of_ours_stays(body: Any) -> None:
    assert way_back(letter(body)) == UNKNOWN


@pytest.mark.parametrize(
    ("found", "log_id", "reason"),
    [
        (rule_letter(ALERT), "1", "NO_RESOURCE"),
        (record(requestPayload=event("2")), "2", "RetriesExhausted"),
        (letter(event("3"), INBOX), "3", "MaxReceives"),
        (letter({}, LOG_ID="4", ERROR_CODE="Throttling\n", ATTEMPTS="4"), "4", "Throttling"),
        (letter("no JSON"), "", "not given"),
        (letter({"detail": {"log_id": {"a": "somebody@example.com"}}}), "", "not given"),
    ],
)
def test_a_letter_says_whose_it_is_and_why_it_is_here(found: Letter, log_id: str, reason: str) -> None:
    assert (found.log_id, found.reason) == (log_id, reason)
