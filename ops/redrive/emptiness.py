"""Which queues are empty? SQS's own number of messages may be a minute behind.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from ops.aws import MOST_AT_ONCE
from ops.redrive.queues import DeadLetterQueue

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


def empty_ones(sqs: "SQSClient", queues: Sequence[DeadLetterQueue], *, wait: int) -> set[str]:
    """The URLs of those without a letter. Where SQS's number is 0 all its servers are asked, for all queues at once."""
    doubtful = [queue.url for queue in queues if not queue.waiting]
    with ThreadPoolExecutor(MOST_AT_ONCE) as threads:
        found = threads.map(partial(has_letters, sqs, wait=wait), doubtful)
        return {url for url, has in zip(doubtful, found, strict=True) if not has}


def has_letters(sqs: "SQSClient", url: str, *, wait: int) -> bool:
    """To wait is to ask all of SQS's servers. What it finds stays visible."""
    return bool(sqs.receive_message(QueueUrl=url, WaitTimeSeconds=wait, VisibilityTimeout=0).get("Messages"))
