"""Is every message processed, and none lost?"""

import io
import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import example, given, settings
from hypothesis import strategies as st
from moto import mock_aws

from tests.emulated import made
from tests.unit.worker_src.conftest import Lines
from tests.unit.worker_src.fakes import FakeSqs, body, worker_of
from worker_src import worker
from worker_src.worker import NoAuth0Log, identity, main

EVENT = {"detail-type": "Auth0 log", "detail": {"log_id": "90020261123", "data": {"type": "sdu"}}}
POISON = {
    "no JSON": "{",
    "no object": "[]",
    "no detail": "{}",
    "no data": '{"detail": {"log_id": "1"}}',
    "no type": '{"detail": {"log_id": "1", "data": {}}}',
    "a type that is no text": '{"detail": {"log_id": "1", "data": {"type": 1}}}',
    "nested too deeply": "[" * 100_000,
}
ANYTHING = st.recursive(
    st.none() | st.text() | st.integers(),
    lambda inner: st.dictionaries(st.sampled_from(["detail", "data", "log_id", "type"]), inner) | st.lists(inner),
    max_leaves=5,
)


def with_some(**values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.fixed_dictionaries({}, optional=values) | ANYTHING


NEARLY = with_some(detail=with_some(log_id=ANYTHING, data=with_some(log_id=ANYTHING, type=ANYTHING)))


def test_drain_processes_every_message_and_ends(lines: Lines) -> None:
    sqs = FakeSqs(*(body(str(number)) for number in range(25)))
    assert worker_of(sqs).run(forever=False) == 0
    assert sqs.bodies == {}
    assert lines() == [{"message": "event processed", "log_id": str(number), "log_type": "sdu"} for number in range(25)]


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON.keys())
def test_a_message_that_cannot_be_processed_goes_to_the_dead_letter_queue_and_the_others_are_done(
    poison: str, lines: Lines
) -> None:
    sqs = FakeSqs(body("a"), poison, body("b"))
    assert worker_of(sqs).run(forever=False) == 0
    assert sqs.dead == [1]
    logged = lines()
    assert [line["log_id"] for line in logged if line["message"] == "event processed"] == ["a", "b"]
    failed = [line for line in logged if line["message"] == "event failed"]
    assert [(line["message_id"], line["receive_count"]) for line in failed] == [("m1", 1), ("m1", 2), ("m1", 3)]
    assert all(line["error"] in {"JSONDecodeError", "NoAuth0Log", "RecursionError"} for line in failed)
    assert ["log_id" in line for line in failed] == ['"log_id"' in poison] * 3


@pytest.mark.parametrize(("wait_seconds", "delays"), [(20, [2, 4, 8, 10, 10]), (3, [1] * 5), (1, [0] * 5)])
def test_a_failed_message_comes_again_before_drain_can_take_the_queue_for_empty(
    wait_seconds: int, delays: list[int]
) -> None:
    sqs = FakeSqs("{", most_receives=5)
    worker_of(sqs, wait_seconds).run(forever=False)
    assert [delay for _, delay in sqs.visibility] == delays
    assert all(delay < wait_seconds for delay in delays)


def test_whatever_process_raises_the_message_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_event: object) -> None:
        raise LookupError("somebody@example.com")

    monkeypatch.setattr(worker, "process", fail)
    sqs = FakeSqs(body("a"))
    worker_of(sqs).run(forever=False)
    assert sqs.dead == [0]


@settings(deadline=None)
@example("\n\u2028" * 100_000, '"}' * 100_000)
@given(st.text(min_size=1), st.text(min_size=1))
def test_a_log_line_is_one_line_of_plain_json_whatever_the_event_holds(log_id: str, log_type: str) -> None:
    stdout = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", stdout)
        worker.process({"detail": {"log_id": log_id, "data": {"type": log_type}}})
    line = stdout.getvalue()
    assert line.isascii()
    assert line.index("\n") == len(line) - 1
    assert json.loads(line) == {"message": "event processed", "log_id": log_id[:100], "log_type": log_type[:100]}


@pytest.mark.parametrize(
    "event",
    [EVENT, {"detail": {"data": {"type": "sdu", "log_id": "90020261123"}}}],
    ids=["as Auth0 sends it", "log_id in data only"],
)
def test_an_auth0_log_is_known_by_its_id_and_type(event: dict[str, Any]) -> None:
    assert identity(event) == ("90020261123", "sdu")


@settings(deadline=None)
@given(NEARLY)
def test_anything_else_is_no_auth0_log(event: object) -> None:
    try:
        log_id, log_type = identity(event)
    except NoAuth0Log:
        return
    assert log_id
    assert log_type


def test_no_payload_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    worker_of(FakeSqs(body("a"), '{"user_name": "somebody"}')).run(forever=False)
    output = capsys.readouterr()
    assert len(output.out.splitlines()) == 4
    assert "somebody" not in output.out + output.err


@pytest.mark.parametrize("operation", ["delete", "visibility"])
def test_a_message_that_sqs_does_not_settle_does_not_hold_up_the_others(operation: str, lines: Lines) -> None:
    sqs = FakeSqs("{" if operation == "visibility" else body("a"), body("b"))
    sqs.faults[operation] = [ClientError({"Error": {"Code": "ReceiptHandleIsInvalid", "Message": ""}}, "Any")]
    assert worker_of(sqs).run(forever=False) == 0
    logged = lines()
    assert {"message": "message not settled", "message_id": "m0", "error": "ReceiptHandleIsInvalid"} in logged
    assert 1 not in sqs.bodies


def test_drain_empties_a_real_queue_and_leaves_the_poison_to_its_redrive_policy(
    monkeypatch: pytest.MonkeyPatch, lines: Lines
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        sqs = boto3.client("sqs", region_name="eu-west-1")
        dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 2})
        queue = sqs.create_queue(QueueName="inbox", Attributes={"RedrivePolicy": policy})["QueueUrl"]
        for number in range(12):
            sqs.send_message(QueueUrl=queue, MessageBody=body(str(number)) if number != 5 else "{")
        made.table("processed")
        environment = {
            "QUEUE_URL": queue,
            "PROCESSED_TABLE": "processed",
            "WAIT_SECONDS": "1",
            "AWS_REGION": "eu-west-1",
        }
        assert main(["drain"], environment) == 0
        assert sqs.receive_message(QueueUrl=dead)["Messages"][0]["Body"] == "{"
        assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    logged = lines()
    assert {line["log_id"] for line in logged if line["message"] == "event processed"} == {
        str(number) for number in range(12) if number != 5
    }
    assert len([line for line in logged if line["message"] == "event failed"]) == 2
