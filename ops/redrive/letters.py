"""What does a message in a dead-letter queue say about itself?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lambda_src.printable import printable

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageTypeDef

LONGEST = 100  # characters of what is shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """`inbox_arn`: the queue whose dead-letter queue this is, if it is one's. `sent_at`: seconds since 1970.

    SQS keeps the time of a message that it moves here from an inbox: it counts from the first day there.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html
    """

    message_id: str
    receipt_handle: str
    body: str
    attributes: Mapping[str, str]
    sent_at: float
    inbox_arn: str | None = None

    def content(self) -> dict[str, Any] | None:
        """The body, if it is a JSON object."""
        try:
            content = json.loads(self.body, parse_constant=refuse)
        except (ValueError, RecursionError):
            return None
        return content if isinstance(content, dict) else None

    @property
    def log_id(self) -> str:
        """Of the event that it is about, safe to show; empty if it names none."""
        content = self.content() or {}
        found = self.attributes.get("LOG_ID") or text_at(content, "detail", "log_id")
        return printable(found or text_at(content, "requestPayload", "detail", "log_id"), LONGEST)

    @property
    def reason(self) -> str:
        """Why it is here, safe to show: an error code, or Lambda's condition. SQS says nothing: too many receives."""
        content = self.content() or {}
        found = self.attributes.get("ERROR_CODE") or text_at(content, "requestContext", "condition")
        return printable(found, LONGEST) or ("MaxReceives" if self.inbox_arn else "not given")


def letter_of(message: "MessageTypeDef", inbox_arn: str | None) -> Letter:
    attributes = message.get("MessageAttributes", {})
    return Letter(
        message_id=message["MessageId"],
        receipt_handle=message["ReceiptHandle"],
        body=message["Body"],
        attributes={name: value.get("StringValue", "") for name, value in attributes.items()},
        sent_at=int(message["Attributes"]["SentTimestamp"]) / 1000,
        inbox_arn=inbox_arn,
    )


def refuse(constant: str) -> None:
    """Python reads NaN and Infinity, which are no JSON: AWS would refuse them on the way back."""
    raise ValueError(constant)


def text_at(value: Any, *path: str) -> str:
    """The text at the end of the path; empty if the path or the text is not there."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""
