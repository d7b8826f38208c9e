"""Is each of EventBridge's answers understood, for the entry that it is about?"""

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
)

from lambda_src.sender import clients
from lambda_src.sender.bus import PERMANENT_CODES, EventBus
from lambda_src.sender.core import RESERVE_SECONDS
from lambda_src.sender.entries import Entry
from lambda_src.sender.outcomes import Refusal
from tests.unit.lambda_src.sender.fakes import FakeWire, entry

URL = "https://events.eu-west-1.amazonaws.com"


class FakeClient:
    """Answers a PutEvents request with `results`, or raises them."""

    def __init__(self, results: list[dict[str, Any]] | Exception) -> None:
        self._results = results
        self.entries: list[dict[str, Any]] = []

    def put_events(self, *, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - boto3's name
        self.entries = Entries
        if isinstance(self._results, Exception):
            raise self._results
        return {"FailedEntryCount": 0, "Entries": self._results}

    def describe_event_bus(self, *, Name: str) -> dict[str, str]:  # noqa: N803 - boto3's name
        if isinstance(self._results, Exception):
            raise self._results
        return {"Name": Name}


def answers(results: list[dict[str, Any]] | Exception, entries: int = 1) -> list[Refusal | None]:
    bus = EventBus(FakeClient(results), "bus")  # type: ignore[arg-type] # the one method that is used
    return bus.put_events([entry(str(number)) for number in range(entries)])


def error_of_service(code: str, status: int, message: str = "why") -> ClientError:
    return ClientError(
        {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}},  # type: ignore[typeddict-item] # what the code reads
        "PutEvents",
    )


def test_answers_have_the_order_of_the_entries() -> None:
    results = [{"EventId": "a"}, {"ErrorCode": "InternalFailure", "ErrorMessage": "why"}, {"EventId": "c"}]
    assert answers(results, 3) == [
        None,
        Refusal(code="InternalFailure", message="why", is_retryable=True),
        None,
    ]


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalFailure", "InternalException", "NewCode"])
def test_an_entry_is_retried_for_passing_and_for_unknown_codes(code: str) -> None:
    assert answers([{"ErrorCode": code}]) == [Refusal(code=code, message="", is_retryable=True)]


@pytest.mark.parametrize("code", sorted(PERMANENT_CODES))
def test_an_entry_is_not_retried_for_codes_that_aws_calls_permanent(code: str) -> None:
    assert answers([{"ErrorCode": code}]) == [Refusal(code=code, message="", is_retryable=False)]


@pytest.mark.parametrize("results", [[], [{"EventId": "a"}], [{"EventId": "a"}] * 3])
def test_answers_that_are_not_one_for_each_entry_count_for_none(results: list[dict[str, Any]]) -> None:
    refusals = answers(results, 2)
    assert [(refusal.code, refusal.is_retryable) for refusal in refusals if refusal] == [("UnexpectedAnswer", True)] * 2


def test_an_answer_without_id_and_error_is_no_success() -> None:
    assert answers([{}]) == [Refusal(code="UnexpectedAnswer", message="", is_retryable=True)]


@pytest.mark.parametrize(
    ("code", "status", "is_retryable"),
    [
        ("ThrottlingException", 400, True),
        ("Throttling", 400, True),
        ("TooManyRequestsException", 429, True),
        ("Whatever", 429, True),
        ("RequestTimeout", 408, True),
        ("InternalException", 500, True),
        ("ServiceUnavailable", 503, True),
        ("", 502, True),
        ("ValidationException", 400, False),
        ("AccessDeniedException", 400, False),
        ("ResourceNotFoundException", 400, False),
        ("RequestEntityTooLarge", 413, False),
        ("ExpiredTokenException", 403, False),
    ],
)
def test_an_error_of_the_request_is_the_answer_for_each_of_its_entries(
    code: str, status: int, *, is_retryable: bool
) -> None:
    refusals = answers(error_of_service(code, status), 3)
    assert refusals == [Refusal(code=code or "UnexpectedAnswer", message="why", is_retryable=is_retryable)] * 3


@pytest.mark.parametrize(
    ("error", "is_retryable"),
    [
        (EndpointConnectionError(endpoint_url=URL), True),
        (ConnectTimeoutError(endpoint_url=URL), True),
        (ReadTimeoutError(endpoint_url=URL), True),
        (ConnectionClosedError(endpoint_url=URL), True),
        (NoCredentialsError(), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_request_that_nobody_answers_may_be_repeated(error: BotoCoreError, *, is_retryable: bool) -> None:
    (refusal,) = answers(error)
    assert refusal == Refusal(code=type(error).__name__, message=str(error), is_retryable=is_retryable)


def test_what_is_no_error_of_aws_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        answers(ZeroDivisionError())


def test_error_texts_are_short_and_on_one_line() -> None:
    (refusal,) = answers([{"ErrorCode": "Code\n" * 1000, "ErrorMessage": "a\nb\x1b[31m\u202e" + "x" * 10_000}])
    assert refusal
    assert len(refusal.code) <= 100
    assert len(refusal.message) <= 256
    assert (refusal.code + refusal.message).isprintable()


@pytest.mark.parametrize("time", [None, datetime(2026, 11, 23, 12, tzinfo=UTC)])
def test_an_entry_is_put_on_our_bus_with_its_own_source_detail_and_time(time: datetime | None) -> None:
    client = FakeClient([{"EventId": "a"}])
    given = Entry(log_id="1", source="simulation/auth0.com/test", detail="{}", time=time)
    EventBus(client, "bus").put_events([given])  # type: ignore[arg-type] # the one method that is used
    expected = {
        "EventBusName": "bus",
        "Source": "simulation/auth0.com/test",
        "DetailType": "Auth0 log",
        "Detail": "{}",
    }
    assert client.entries == [expected | ({"Time": time} if time else {})]


@pytest.mark.parametrize("status", [500, 503])
def test_botocore_does_not_add_retries_of_its_own(aws: None, status: int) -> None:
    client, wire = clients.events_client(), FakeWire(lambda _: (status, {"__type": "InternalException"}))
    wire.tap(client)
    (refusal,) = EventBus(client, "bus").put_events([entry()])
    assert refusal
    assert refusal.is_retryable
    assert len(wire.requests) == 1


def test_real_requests_pass_the_validation_of_botocore_that_the_sender_spares_itself(aws: None) -> None:
    strict = clients.events_config().merge(Config(parameter_validation=True))
    client = boto3.client("events", config=strict)
    with pytest.raises(ParamValidationError):
        client.put_events(Entries=[{"Source": 5}])  # type: ignore[typeddict-item] # that it looks at all
    client.create_event_bus(Name="bus")
    given = Entry(log_id="1", source="simulation/auth0.com/test", detail="{}", time=datetime(2026, 11, 23, tzinfo=UTC))
    assert EventBus(client, "bus").put_events([given] * 10) == [None] * 10


def found(results: Exception | None) -> Refusal | None:
    return EventBus(FakeClient(results or []), "bus").find()  # type: ignore[arg-type] # the one method that is used


def test_a_bus_that_exists_is_found() -> None:
    assert found(None) is None


def test_a_bus_that_does_not_exist_is_refused_for_good_with_a_name_and_advice() -> None:
    refusal = found(error_of_service("ResourceNotFoundException", 400))
    message = "event bus bus does not exist; deploy the EventBus stack, or correct EVENT_BUS_NAME"
    assert refusal == Refusal(code="EventBusDoesNotExist", message=message, is_retryable=False)


@pytest.mark.parametrize(
    ("error", "code", "is_retryable"),
    [
        (error_of_service("ThrottlingException", 400), "ThrottlingException", True),
        (error_of_service("InternalException", 500), "InternalException", True),
        (error_of_service("AccessDeniedException", 400), "AccessDeniedException", False),
        (ConnectTimeoutError(endpoint_url=URL), "ConnectTimeoutError", True),
        (NoCredentialsError(), "NoCredentialsError", False),
    ],
    ids=str,
)
def test_any_other_error_says_nothing_about_the_bus_and_keeps_its_name(
    error: Exception, code: str, *, is_retryable: bool
) -> None:
    refusal = found(error)
    assert refusal
    assert (refusal.code, refusal.is_retryable) == (code, is_retryable)
    assert refusal.message.startswith("whether event bus bus exists is not known: ")


def test_moto_and_the_code_agree_about_a_missing_bus(aws: None) -> None:
    refusal = EventBus(clients.events_client(), "none").find()
    assert refusal
    assert (refusal.code, refusal.is_retryable) == ("EventBusDoesNotExist", False)


def test_a_request_that_starts_at_the_deadline_ends_in_the_reserve() -> None:
    assert clients.CONNECT_TIMEOUT + clients.READ_TIMEOUT < RESERVE_SECONDS
