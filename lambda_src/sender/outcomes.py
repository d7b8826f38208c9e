"""What can become of an event that is sent?"""

from dataclasses import dataclass

from lambda_src.printable import printable
from lambda_src.sender.entries import Entry

_LONGEST_LOG_ID = 100  # Auth0's have about 55 characters
# "Slower": https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
THROTTLING_CODES = frozenset(
    {
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why EventBridge does not have the event, and whether the same event may get there another time.

    `code` and `message` are safe to show.
    """

    code: str
    message: str
    is_retryable: bool

    @property
    def is_throttle(self) -> bool:
        """Whether it asks for fewer requests, and says nothing of this one."""
        return self.code in THROTTLING_CODES


# The one reason that is ours; all others are EventBridge's or botocore's.
OUT_OF_TIME = Refusal(
    code="OutOfTime", message="the function's time ran out before the first attempt", is_retryable=True
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An event that was given up after `attempts`, with the reason of the last one."""

    entry: Entry
    code: str
    message: str
    attempts: int

    @property
    def log_id(self) -> str:
        """The event's log id, safe to show."""
        return printable(self.entry.log_id, _LONGEST_LOG_ID)
