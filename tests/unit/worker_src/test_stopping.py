"""Does the worker go on when it should, and stop when it is told to?"""

import signal
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from tests.unit.worker_src.conftest import Lines
from tests.unit.worker_src.fakes import FakeSqs, body, worker_of
from worker_src import worker

UNREACHABLE = EndpointConnectionError(endpoint_url="https://sqs")


def test_drain_ends_with_an_error_when_the_queue_does_not_answer(lines: Lines) -> None:
    sqs = FakeSqs(body("a"))
    sqs.faults["receive"] = [UNREACHABLE]
    assert worker_of(sqs).run(forever=False) == 1
    assert lines() == [{"message": "AWS does not answer", "error": "EndpointConnectionError"}]


def test_poll_goes_on_when_the_queue_answers_again(pauses: list[float], lines: Lines) -> None:
    sqs = FakeSqs(body("a"))
    forbidden = ClientError({"Error": {"Code": "AccessDenied", "Message": ""}}, "ReceiveMessage")
    sqs.faults["receive"] = [UNREACHABLE] * 7 + [forbidden]
    polling = worker_of(sqs)
    sqs.when_empty = lambda: polling.stop(signal.SIGTERM)
    assert polling.run(forever=True) == 0
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]
    assert sqs.bodies == {}
    assert [line["message"] for line in lines()][-3:] == [
        "AWS does not answer",
        "event processed",
        "worker stopped",
    ]


def test_after_an_answer_the_pauses_start_anew(pauses: list[float]) -> None:
    sqs = FakeSqs(body("a"))
    sqs.faults["receive"] = [UNREACHABLE, UNREACHABLE, None, UNREACHABLE]
    polling = worker_of(sqs)
    sqs.when_empty = lambda: polling.stop(signal.SIGTERM)
    polling.run(forever=True)
    assert pauses == [2, 4, 2]


def test_a_message_whose_deletion_was_not_heard_is_not_processed_again(pauses: list[float], lines: Lines) -> None:
    sqs = FakeSqs(body("a"), body("b"))
    sqs.faults["delete"] = [UNREACHABLE]
    polling = worker_of(sqs)
    sqs.when_empty = lambda: polling.stop(signal.SIGTERM)
    polling.run(forever=True)
    assert sqs.bodies == {}
    logged = lines()
    assert [line["log_id"] for line in logged if line["message"] == "event processed"] == ["a", "b"]
    assert [line["log_id"] for line in logged if line["message"] == "event already processed"] == ["a"]


def test_a_signal_lets_the_message_in_hand_finish_and_gives_the_others_back(monkeypatch: pytest.MonkeyPatch) -> None:
    sqs = FakeSqs(*(body(log_id) for log_id in "abcd"))
    draining, processed = worker_of(sqs), list[str]()

    def stop_at_b(event: dict[str, Any]) -> None:
        if event["detail"]["log_id"] == "b":
            draining.stop(signal.SIGTERM)
        processed.append(event["detail"]["log_id"])

    monkeypatch.setattr(worker, "process", stop_at_b)
    assert draining.run(forever=False) == 0
    assert processed == ["a", "b"]
    assert list(sqs.bodies) == [2, 3]
    assert sqs.visibility == [(2, 0), (3, 0)]


def test_a_signal_ends_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    sqs = FakeSqs()
    sqs.faults["receive"] = [UNREACHABLE]
    polling = worker_of(sqs)
    monkeypatch.setattr("time.sleep", lambda _: polling.stop(signal.SIGINT))
    assert polling.run(forever=True) == 0


def test_a_second_signal_is_not_held_up() -> None:
    polling = worker_of(FakeSqs())
    signal.signal(signal.SIGTERM, polling.stop)
    polling.stop(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
