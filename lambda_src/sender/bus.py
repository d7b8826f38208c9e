"""What does EventBridge answer to a batch, entry by entry, and about the bus?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

from lambda_src.auth0_events.envelope import DETAIL_TYPE
from lambda_src.printable import printable
from lambda_src.sender.entries import Entry
from lambda_src.sender.outcomes import THROTTLING_CODES, Refusal

if TYPE_CHECKING:  # the stubs are no part of the function's asset
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef, PutEventsResultEntryTypeDef

# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html calls these not retryable.
# A code that is not here is retried, unknown ones too: three attempts too many cost less than one lost event.
PERMANENT_CODES = frozenset(
    {
        "AccessDeniedException",
        "InvalidAccountIdException",
        "InvalidArgument",
        "MalformedDetail",
        "NotAuthorizedForDetailTypeException",
        "NotAuthorizedForSourceException",
        "RedactionFailure",
    }
)
# Errors of a whole request that pass although their HTTP status says that the request is wrong (4xx), as AWS's SDKs see
# it: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
PASSING_CODES = THROTTLING_CODES | {"RequestTimeout", "RequestTimeoutException"}
PASSING_STATUSES = frozenset({408, 429})
NO_BUS = "EventBusDoesNotExist"
UNEXPECTED_ANSWER = "UnexpectedAnswer"  # neither an event id nor an error: whether EventBridge has the event is open
LONGEST_CODE, LONGEST_MESSAGE = 100, 256  # characters of AWS's text that we pass on


class EventBus:
    """Puts entries on the event bus `name`. `client` must not retry by itself: the core counts the attempts."""

    def __init__(self, client: "EventBridgeClient", name: str) -> None:
        self._client = client
        self._name = name

    def put_events(self, entries: Sequence[Entry]) -> list[Refusal | None]:
        """One answer for each of at most ten entries, in their order; None says that EventBridge has it.

        An error of the whole request is the answer for each of its entries.
        """
        try:
            results = self._client.put_events(Entries=[self._request_entry(entry) for entry in entries])["Entries"]
        except ClientError as error:
            return [_refused_by_service(error)] * len(entries)
        except BotoCoreError as error:
            return [_not_answered(error)] * len(entries)
        if len(results) != len(entries):
            message = f"{len(results)} answers to {len(entries)} entries"
            return [_refusal(UNEXPECTED_ANSWER, message, is_retryable=True)] * len(entries)
        return [_answer(result) for result in results]

    def find(self) -> Refusal | None:
        """None if the bus exists, which PutEvents does not tell; else why not, or why nobody knows.

        https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html
        """
        try:
            self._client.describe_event_bus(Name=self._name)
        except ClientError as error:
            refusal = _refused_by_service(error)
        except BotoCoreError as error:
            refusal = _not_answered(error)
        else:
            return None
        if refusal.code == "ResourceNotFoundException":
            advice = "deploy the EventBus stack, or correct EVENT_BUS_NAME"
            return _refusal(NO_BUS, f"event bus {self._name} does not exist; {advice}", is_retryable=False)
        reason = f"whether event bus {self._name} exists is not known: {refusal.message}"
        return replace(refusal, message=printable(reason, LONGEST_MESSAGE))

    def _request_entry(self, entry: Entry) -> "PutEventsRequestEntryTypeDef":
        request_entry: PutEventsRequestEntryTypeDef = {
            "EventBusName": self._name,
            "Source": entry.source,
            "DetailType": DETAIL_TYPE,
            "Detail": entry.detail,
        }
        if entry.time is not None:
            request_entry["Time"] = entry.time
        return request_entry


def _answer(result: "PutEventsResultEntryTypeDef") -> Refusal | None:
    code = result.get("ErrorCode")
    if result.get("EventId") and not code:
        return None
    return _refusal(code, result.get("ErrorMessage"), is_retryable=code not in PERMANENT_CODES)


def _refused_by_service(error: ClientError) -> Refusal:
    code, message = (error.response.get("Error", {}).get(key) for key in ("Code", "Message"))
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    is_our_mistake = 400 <= status < 500 and status not in PASSING_STATUSES and code not in PASSING_CODES
    return _refusal(code, message, is_retryable=not is_our_mistake)


def _not_answered(error: BotoCoreError) -> Refusal:
    """No answer came (connection, timeout), or the request never left (credentials, parameters)."""
    is_retryable = isinstance(error, HTTPClientError | NoConnection)
    return _refusal(type(error).__name__, str(error), is_retryable=is_retryable)


def _refusal(code: object, message: object, *, is_retryable: bool) -> Refusal:
    return Refusal(
        code=printable(str(code or UNEXPECTED_ANSWER), LONGEST_CODE),
        message=printable(str(message or ""), LONGEST_MESSAGE),
        is_retryable=is_retryable,
    )
