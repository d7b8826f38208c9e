"""How does the sender reach AWS?"""

from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from lambda_src.sender.lanes import LANES

if TYPE_CHECKING:  # the stubs are no part of the function's asset
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_sqs import SQSClient

# Seconds. A request that starts at the deadline, and then one that keeps what it could not send, end in
# core.RESERVE_SECONDS: together the two take less.
CONNECT_TIMEOUT, READ_TIMEOUT = 2, 5
USER_AGENT = "auth0-events-sender"
SQS_ATTEMPTS, SQS_CONNECT_TIMEOUT, SQS_READ_TIMEOUT = 2, 1, 3
LONGEST_SEND = (
    SQS_ATTEMPTS * (SQS_CONNECT_TIMEOUT + SQS_READ_TIMEOUT) + 1
)  # botocore waits a second at most between two


def events_config(*, pool: int = LANES) -> Config:
    """`pool`: connections, one for each lane.

    Without retries of botocore's own: it would repeat whole batches, and multiply with the core's attempts. Without
    what botocore does for every call and nobody reads: a user agent of some hundred characters, and a check of
    parameters that bus.py alone writes (a test sends them through that check). Both are options that it documents:
    https://docs.aws.amazon.com/botocore/latest/reference/config.html
    """
    return Config(
        retries={"total_max_attempts": 1, "mode": "standard"},
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        max_pool_connections=pool,
        user_agent=USER_AGENT,
        parameter_validation=False,
    )


@cache
def events_client() -> "EventBridgeClient":
    """Made when it is asked for, so that importing a handler needs neither region nor credentials."""
    return boto3.client("events", config=events_config())


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
