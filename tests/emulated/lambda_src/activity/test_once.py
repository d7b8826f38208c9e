"""Is a log counted once over all batches, and never lost for it?"""

import io
import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from lambda_src.activity.handler import counted_logs, handler
from tests.emulated import made
from tests.emulated.lambda_src.activity.conftest import TABLE
from tests.emulated.lambda_src.activity.test_handler import batch_of, counted, event_of, lines, log, metrics_of
from tests.unit.lambda_src.sender.fakes import FakeContext

__all__ = ["log"]  # the fixture: what the function logs
EVENTS = [event_of("a", "s"), event_of("b", "limit_wc"), event_of("c", "fp")]


def count(*payloads: bytes) -> None:
    assert handler(batch_of(*payloads), FakeContext()) == {"batchItemFailures": []}


def fail(operation: str) -> None:
    """From now on this operation is denied."""

    def deny(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "no"}}, operation)

    counted_logs()._client.meta.events.register(f"before-call.dynamodb.{operation}", deny)


def test_a_batch_that_comes_again_counts_nothing(log: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    count(*EVENTS)
    assert metrics_of(capsys.readouterr().out)["Events", "service", "activity"] == 3
    count(*EVENTS)
    again = metrics_of(capsys.readouterr().out)
    assert set(again.values()) == {0}
    assert counted(log) == ["a", "b", "c"]
    assert [line["already_counted"] for line in lines(log, "batch counted")] == [0, 3]


def test_in_a_mixed_batch_only_what_is_new_counts(log: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    count(*EVENTS[:2])
    capsys.readouterr()
    count(*EVENTS, EVENTS[2])
    service = ("service", "activity")
    found = metrics_of(capsys.readouterr().out)
    assert (found["Events", *service], found["FailedLogins", *service], found["Attacks", *service]) == (1, 1, 0)
    assert ("Attacks", "log_type", "limit_wc", *service) not in found
    assert counted(log) == ["a", "b", "c"]


def test_a_copy_in_another_execution_environment_is_not_counted(log: io.StringIO) -> None:
    count(*EVENTS)
    counted_logs.cache_clear()
    count(*EVENTS)
    assert counted(log) == ["a", "b", "c"]


@pytest.mark.parametrize("fault", ["table missing", "denied"])
def test_while_nobody_knows_what_was_counted_the_batch_fails_uncounted_and_comes_again(
    fault: str, log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    if fault == "denied":
        fail("BatchGetItem")
    else:
        boto3.client("dynamodb").delete_table(TableName=TABLE)
    with pytest.raises(ClientError):
        handler(batch_of(*EVENTS), FakeContext())
    assert capsys.readouterr().out == ""
    assert counted(log) == []
    if fault == "denied":
        counted_logs.cache_clear()
    else:
        made.table(TABLE)
    count(*EVENTS)
    assert counted(log) == ["a", "b", "c"]


def test_a_batch_that_cannot_be_remembered_is_counted_once_and_said(log: io.StringIO) -> None:
    fail("BatchWriteItem")
    count(*EVENTS)
    assert counted(log) == ["a", "b", "c"]
    (line,) = lines(log, "counted logs not remembered")
    assert (line["level"], line["logs"]) == ("ERROR", 3)
    assert line["reason"].startswith("ClientError: An error occurred (AccessDeniedException)")


def test_a_crash_between_count_and_memory_counts_again_and_loses_nothing(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_log_ids: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(counted_logs(), "remember", die)
    with pytest.raises(KeyboardInterrupt):
        handler(batch_of(*EVENTS), FakeContext())
    counted_logs.cache_clear()
    count(*EVENTS)
    assert counted(log) == ["a", "b", "c"] * 2


def test_records_behind_a_broken_one_are_not_remembered(log: io.StringIO) -> None:
    handler(batch_of(EVENTS[0], b"{", EVENTS[1]), FakeContext())
    count(*EVENTS)
    assert counted(log) == ["a", "b", "c"]


def test_the_log_line_is_json_of_numbers_and_ids_alone(log: io.StringIO) -> None:
    count(*EVENTS)
    (line,) = [json.loads(text) for text in log.getvalue().splitlines()]
    assert "somebody" not in json.dumps(line)
