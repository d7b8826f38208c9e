"""Is a log processed once, however often its event comes, and never lost for it?"""

import signal
import time
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from tests.emulated import made
from tests.unit.worker_src.conftest import Lines
from tests.unit.worker_src.fakes import FakeDynamoDb, FakeSqs, body, worker_of
from worker_src import worker
from worker_src.worker import REMEMBERED_SECONDS, Processed

THROTTLED = ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "Any")
UNREACHABLE = EndpointConnectionError(endpoint_url="https://dynamodb")


def drained(lines: Lines, sqs: FakeSqs, dynamodb: FakeDynamoDb) -> list[tuple[str, str]]:
    """(message, log id) of each line."""
    assert worker_of(sqs, dynamodb=dynamodb).run(forever=False) == 0
    return [(line["message"], line.get("log_id", "")) for line in lines()]


def test_two_copies_in_one_batch_are_processed_once(lines: Lines) -> None:
    sqs = FakeSqs(body("a"), body("a"), body("b"))
    assert drained(lines, sqs, FakeDynamoDb()) == [
        ("event processed", "a"),
        ("event already processed", "a"),
        ("event processed", "b"),
    ]
    assert sqs.bodies == {}


def test_a_copy_that_another_worker_gets_later_is_not_processed(lines: Lines) -> None:
    table = FakeDynamoDb()
    assert drained(lines, FakeSqs(body("a")), table) == [("event processed", "a")]
    second = FakeSqs(body("a"))
    assert drained(lines, second, table) == [("event already processed", "a")]
    assert second.bodies == {}


def test_an_event_that_failed_is_not_taken_for_processed(monkeypatch: pytest.MonkeyPatch, lines: Lines) -> None:
    attempts: list[Any] = []

    def fail_once(event: Any) -> None:
        attempts.append(event)
        if len(attempts) == 1:
            raise LookupError

    monkeypatch.setattr(worker, "process", fail_once)
    assert drained(lines, FakeSqs(body("a"), body("a")), FakeDynamoDb()) == [
        ("event failed", "a"),
        ("event already processed", "a"),
    ]
    assert len(attempts) == 2


def test_a_worker_that_dies_before_it_remembers_leaves_the_event_to_be_processed_again(lines: Lines) -> None:
    sqs, table = FakeSqs(body("a")), FakeDynamoDb()
    table.faults["put"] = [KeyboardInterrupt()]  # type: ignore[list-item] # death is no Exception
    with pytest.raises(KeyboardInterrupt):
        worker_of(sqs, dynamodb=table).run(forever=False)
    assert list(sqs.bodies) == [0]
    assert drained(lines, sqs, table) == [("event processed", "a")] * 2


def test_an_event_that_nobody_knows_of_whether_it_was_processed_waits_for_its_whole_timeout(lines: Lines) -> None:
    """Sooner, its receives would be used up while the table is out of reach."""
    table, sqs = FakeDynamoDb(), FakeSqs(body("a"))
    table.faults["get"] = [THROTTLED]
    assert drained(lines, sqs, table) == [("message not settled", ""), ("event processed", "a")]
    assert sqs.visibility == []
    assert sqs.bodies == {}


def test_a_table_that_cannot_be_reached_ends_a_drain_and_loses_nothing(lines: Lines) -> None:
    table, sqs = FakeDynamoDb(), FakeSqs(body("a"), body("b"))
    table.faults["get"] = [UNREACHABLE]
    assert worker_of(sqs, dynamodb=table).run(forever=False) == 1
    assert [line["message"] for line in lines()] == ["AWS does not answer"]
    assert drained(lines, sqs, table) == [("event processed", "a"), ("event processed", "b")]


@pytest.mark.parametrize("fault", [THROTTLED, UNREACHABLE])
def test_an_event_that_cannot_be_remembered_is_done_all_the_same(fault: Exception, lines: Lines) -> None:
    table = FakeDynamoDb()
    table.faults["put"] = [fault]
    sqs = FakeSqs(body("a"), body("b"))
    assert drained(lines, sqs, table) == [
        ("event processed", "a"),
        ("event not remembered", "a"),
        ("event processed", "b"),
    ]
    assert (sqs.bodies, sqs.dead) == ({}, [])


def test_a_signal_while_a_copy_is_skipped_gives_the_others_back(lines: Lines) -> None:
    sqs, table = FakeSqs(body("a"), body("a"), body("b")), FakeDynamoDb()
    draining = worker_of(sqs, dynamodb=table)
    delete = sqs.delete_message

    def stop_at_the_copy(*, ReceiptHandle: str, **_: object) -> None:  # noqa: N803 - boto3's name
        delete(ReceiptHandle=ReceiptHandle)
        if ReceiptHandle == "1":
            draining.stop(signal.SIGTERM)

    sqs.delete_message = stop_at_the_copy  # type: ignore[method-assign] # a fake of ours
    assert draining.run(forever=False) == 0
    assert list(sqs.bodies) == [2]
    assert sqs.visibility == [(2, 0)]


def test_events_without_a_log_id_are_not_taken_for_copies_of_each_other(
    monkeypatch: pytest.MonkeyPatch, lines: Lines
) -> None:
    processed: list[Any] = []
    monkeypatch.setattr(worker, "process", processed.append)
    table = FakeDynamoDb()
    assert drained(lines, FakeSqs("{}", "{}"), table) == []
    assert (processed, table.items) == ([{}, {}], {})


@pytest.mark.parametrize("log_id", ["90020261123", "x" * 100_000, "\ud800", "\n\x00"])
def test_any_log_id_is_a_key_that_dynamodb_takes_and_forgets_in_time(
    log_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        made.table("processed")
        dynamodb = boto3.client("dynamodb", region_name="eu-west-1")
        processed = Processed(dynamodb, "processed")
        assert not processed.has(log_id)
        processed.add(log_id)
        assert processed.has(log_id)
        assert not processed.has(log_id + "2")
        (item,) = dynamodb.scan(TableName="processed")["Items"]
    assert item.keys() == {"id", "expiration"}
    assert int(item["expiration"]["N"]) - time.time() == pytest.approx(REMEMBERED_SECONDS, abs=600)
