"""Is an event that could not be sent kept as it was, and said to be lost if it cannot be?"""

import json
from contextlib import suppress
from typing import Any

import pytest
from aws_lambda_powertools import Logger
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lambda_src.auth0_events.envelope import Auth0Log, detail
from lambda_src.sender.clients import CONNECT_TIMEOUT, LONGEST_SEND, READ_TIMEOUT, sqs_client
from lambda_src.sender.core import RESERVE_SECONDS
from lambda_src.sender.entries import entry_of
from lambda_src.sender.outcomes import Failure
from lambda_src.sender.undelivered import MOST_BATCH_BYTES, UndeliveredLost, UndeliveredQueue, body_of, message_bytes
from tests.unit.lambda_src.sender.fakes import failure

SOURCE = "simulation/auth0.com/test"


class FakeSqs:
    """Refuses the messages with these log ids, or everything with an error."""

    def __init__(self, refused: dict[str, int] | None = None, error: Exception | None = None) -> None:
        self._refused = dict(refused or {})  # log id -> how many times
        self._error = error
        self.tries = 0
        self.requests: list[list[str]] = []
        self.bytes: list[int] = []

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - boto3's names
        self.tries += 1
        if self._error:
            raise self._error
        log_ids = [message["MessageAttributes"]["LOG_ID"]["StringValue"] for message in Entries]
        self.requests.append(log_ids)
        self.bytes.append(
            sum(message_bytes(message["MessageBody"], message["MessageAttributes"]) for message in Entries)
        )
        failed = []
        for message, log_id in zip(Entries, log_ids, strict=True):
            if self._refused.get(log_id, 0) > 0:
                self._refused[log_id] -= 1
                failed.append({"Id": message["Id"], "Code": "InternalError", "SenderFault": False})
        return {"Successful": [], "Failed": failed}


def keep_in(sqs: FakeSqs, *failures: Failure, seconds_left: float = 900) -> UndeliveredQueue:
    with UndeliveredQueue(sqs, "https://queue", Logger(), seconds_left=lambda: seconds_left) as queue:  # type: ignore[arg-type] # the one method that is used
        for each in failures:
            queue.keep(each)
    return queue


def test_an_event_is_kept_whole_with_its_reason(queue_url: str) -> None:
    log = Auth0Log(log_id="90020261123", type="fp", data={"type": "fp", "user_agent": 'é 😀 "}] $(x) \u0000\n\ufffe'})
    kept = Failure(entry=entry_of(log, SOURCE), code="ThrottlingException", message="Rate exceeded", attempts=4)
    with UndeliveredQueue(sqs_client(), queue_url, Logger(), seconds_left=lambda: 900) as queue:
        queue.keep(kept)
    queue.require_all_kept()
    (message,) = sqs_client().receive_message(QueueUrl=queue_url, MessageAttributeNames=["All"])["Messages"]
    assert json.loads(message["Body"]) == {"detail-type": "Auth0 log", "source": SOURCE, "detail": detail(log)}
    assert {name: value["StringValue"] for name, value in message["MessageAttributes"].items()} == {
        "LOG_ID": "90020261123",
        "ERROR_CODE": "ThrottlingException",
        "ERROR_MESSAGE": "Rate exceeded",
        "ATTEMPTS": "4",
    }


@settings(deadline=None)
@example("\ufffe\uffff\0\x7f", "1")
@example("\ud800", "1")
@given(st.text(), st.text(min_size=1))
def test_every_body_is_json_of_the_event_in_characters_that_sqs_takes(user_agent: str, log_id: str) -> None:
    log = Auth0Log(log_id=log_id, type="fp", data={"type": "fp", "user_agent": user_agent})
    body = body_of(Failure(entry=entry_of(log, SOURCE), code="Code", message="", attempts=1))
    assert json.loads(body)["detail"] == detail(log)
    assert all(
        character in "\t\n\r"
        or " " <= character <= "\ud7ff"
        or "\ue000" <= character <= "\ufffd"
        or character > "\uffff"
        for character in body
    )


def test_hostile_ids_and_empty_messages_make_attributes_that_sqs_takes(queue_url: str) -> None:
    with UndeliveredQueue(sqs_client(), queue_url, Logger(), seconds_left=lambda: 900) as queue:
        queue.keep(failure("\x00\ud800\n" * 10, message=""))
    queue.require_all_kept()
    (message,) = sqs_client().receive_message(QueueUrl=queue_url, MessageAttributeNames=["All"])["Messages"]
    assert message["MessageAttributes"]["LOG_ID"]["StringValue"] == "-"
    assert message["MessageAttributes"]["ERROR_MESSAGE"]["StringValue"] == "-"


def test_events_are_kept_in_batches_of_ten() -> None:
    sqs = FakeSqs()
    keep_in(sqs, *(failure(str(number)) for number in range(25))).require_all_kept()
    assert [len(log_ids) for log_ids in sqs.requests] == [10, 10, 5]
    assert [log_id for log_ids in sqs.requests for log_id in log_ids] == [str(number) for number in range(25)]


@settings(deadline=None)
@given(st.lists(st.integers(0, 400_000), max_size=15))
def test_no_batch_is_larger_than_sqs_takes_except_a_message_alone(sizes: list[int]) -> None:
    sqs = FakeSqs()
    failures = [failure(str(number), detail=f'"{"x" * size}"') for number, size in enumerate(sizes)]
    keep_in(sqs, *failures).require_all_kept()
    assert [log_id for log_ids in sqs.requests for log_id in log_ids] == [str(number) for number in range(len(sizes))]
    assert all(
        total <= MOST_BATCH_BYTES or len(log_ids) == 1 for total, log_ids in zip(sqs.bytes, sqs.requests, strict=True)
    )


def test_a_message_that_sqs_refuses_once_is_sent_again() -> None:
    sqs = FakeSqs(refused={"3": 1})
    keep_in(sqs, *(failure(str(number)) for number in range(5))).require_all_kept()
    assert sqs.requests == [list("01234"), ["3"]]


@pytest.mark.parametrize(
    ("sqs", "lost", "first"),
    [
        (FakeSqs(refused={"3": 2, "7": 2}), 2, "3"),
        (FakeSqs(error=EndpointConnectionError(endpoint_url="https://queue")), 12, "0"),
        (FakeSqs(error=ClientError({"Error": {"Code": "AccessDenied", "Message": ""}}, "SendMessageBatch")), 12, "0"),
    ],
    ids=["refused twice", "unreachable", "forbidden"],
)
def test_events_that_cannot_be_kept_are_counted_and_the_first_one_named(sqs: FakeSqs, lost: int, first: str) -> None:
    queue = keep_in(sqs, *(failure(str(number)) for number in range(12)))
    with pytest.raises(UndeliveredLost, match=rf"neither sent nor kept .*: {lost}, .* log id {first};") as raised:
        queue.require_all_kept()
    assert str(raised.value).isprintable()


def test_events_are_kept_even_when_the_delivery_raises() -> None:
    sqs = FakeSqs()
    with (
        suppress(ZeroDivisionError),
        UndeliveredQueue(sqs, "https://queue", Logger(), seconds_left=lambda: 900) as queue,  # type: ignore[arg-type] # the one method that is used
    ):
        queue.keep(failure("1"))
        raise ZeroDivisionError
    assert sqs.requests == [["1"]]


@pytest.mark.parametrize(("seconds_left", "tries"), [(LONGEST_SEND, 6), (LONGEST_SEND - 0.1, 1), (0, 1)])
def test_a_queue_that_does_not_answer_takes_no_time_that_the_function_does_not_have(
    seconds_left: float, tries: int
) -> None:
    sqs = FakeSqs(error=EndpointConnectionError(endpoint_url="https://queue"))
    queue = keep_in(sqs, *(failure(str(number)) for number in range(25)), seconds_left=seconds_left)
    assert sqs.tries == tries
    with pytest.raises(UndeliveredLost, match=": 25, "):
        queue.require_all_kept()


def test_a_queue_that_answers_is_used_to_the_last_second() -> None:
    sqs = FakeSqs(refused={"3": 1})
    keep_in(sqs, *(failure(str(number)) for number in range(25)), seconds_left=0).require_all_kept()
    assert sqs.requests[:2] == [list("0123456789"), ["3"]]


def test_the_function_has_time_for_its_last_request_and_for_one_to_a_queue_that_does_not_answer() -> None:
    assert CONNECT_TIMEOUT + READ_TIMEOUT + LONGEST_SEND < RESERVE_SECONDS
