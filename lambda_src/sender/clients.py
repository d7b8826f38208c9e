"""How does the sender reach AWS?"""

from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:  # the stubs are no part of the function's asset
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_sqs import SQSClient

# Seconds. A request that starts at the deadline, and then one that keeps what it could not send, end in
# core.RESERVE_SECONDS: together the two take less.
CONNECT_TIMEOUT, READ_TIMEOUT = 2, 5
SQS_ATTEMPTS, SQS_CONNECT_TIMEOUT, SQS_READ_TIMEOUT = 2, 1, 3
LONGEST_SEND = (
    SQS_ATTEMPTS * (SQS_CONNECT_TIMEOUT + SQS_READ_TIMEOUT) + 1
)  # botocore waits a second at most between two


@cache
def events_client() -> "EventBridgeClient":
    """Made at the first event, so that importing a handler needs neither region nor credentials.

    Without retries of botocore's own: it would repeat whole batches, and multiply with the core's attempts.
    """
    return boto3.client(
        "events",
        config=Config(
            retries={"total_max_attempts": 1, "mode": "standard"},
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=READ_TIMEOUT,
        ),
    )


@cache
def sqs_client() -> "SQSClient":
    """With a retry of botocore's own: what goes to SQS has nowhere else to go."""
    return boto3.client(
        "sqs",
        config=Config(
            retries={"total_max_attempts": SQS_ATTEMPTS, "mode": "standard"},
            connect_timeout=SQS_CONNECT_TIMEOUT,
            read_timeout=SQS_READ_TIMEOUT,
        ),
    )
