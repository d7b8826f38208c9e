"""How does something of ours reach a queue or a topic without being lost?

ministack's HTTP handlers run on the event loop, and replace a queue's list of messages while they work: an append from
another thread can vanish. So everything that delivers runs on the event loop too.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import cast

from ministack.services import sns, sqs

event_loop = cast("asyncio.AbstractEventLoop", None)  # the launcher's, which sets it before anything is delivered


class Undeliverable(Exception):
    """`code` as EventBridge's dead-letter queues name it; `retryable`: another attempt may succeed."""

    def __init__(self, code: str, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.code, self.retryable = code, retryable


def soon(function: Callable[..., object], *arguments: object, after: float = 0) -> None:
    """Runs it on the event loop, `after` so many seconds, for the account and region of the caller."""
    event_loop.call_soon_threadsafe(event_loop.call_later, after, function, *arguments)


def send(arn: str, body: str, attributes: Mapping[str, str] | None = None) -> None:
    """To an SQS queue or an SNS topic. Raises Undeliverable."""
    values = {key: {"DataType": "String", "StringValue": value} for key, value in (attributes or {}).items() if value}
    try:
        if queue := sqs._queue_by_arn(arn):
            sqs._act_send_message({"MessageBody": body, "MessageAttributes": values}, queue["url"])
        elif ":sns:" not in arn or sns.publish_internal(arn, body, message_attributes=values) is None:
            raise Undeliverable("NO_RESOURCE", f"{arn} does not exist")
    except (sqs._Err, sns.SnsPublishError) as error:
        raise Undeliverable("SDK_CLIENT_ERROR", str(error)) from error
