"""Which dead-letter queues does an environment have, and what is in them?"""

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from ops.aws import Aws, OpsError, time_of
from ops.environment import Environment

if TYPE_CHECKING:
    from mypy_boto3_sqs.literals import QueueAttributeNameType

ABOUT_A_QUEUE: "tuple[QueueAttributeNameType, ...]" = (
    "QueueArn",
    "RedrivePolicy",
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
)
ASKED_AT = "asked at"
Attributes = Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadLetterQueue:
    """`inbox_arn`: the queue whose dead-letter queue it is for SQS, if it is one's.

    `waiting` letters can be received, `held` ones another run has, or one that was killed; both as SQS estimates them.
    `asked_at`: when, by AWS's own clock, in seconds since 1970; its letters' timestamps are by that clock too.
    `is_gone`: somebody deleted it; the numbers say nothing then.
    """

    name: str
    url: str
    inbox_arn: str | None
    waiting: int
    held: int
    asked_at: float
    is_gone: bool = False


def dead_letter_queues(environment: Environment, names: Sequence[str]) -> list[DeadLetterQueue]:
    """Those that are named, or all; one that is gone says so. Raises OpsError for a name that is none."""
    urls = environment.queue_urls
    attributes = {name: attributes_of(environment.aws, url) for name, url in urls.items()}
    inboxes = {name: found for name, found in attributes.items() if found and "RedrivePolicy" in found}
    letters = [name for name in urls if name not in inboxes]
    for name in names:
        require_known(environment, name, letters, inboxes)
    inbox_of = {
        json.loads(found["RedrivePolicy"])["deadLetterTargetArn"]: found["QueueArn"] for found in inboxes.values()
    }
    inbox_of |= dict(inboxes_gone(urls, attributes))
    return [described(name, urls[name], attributes[name], inbox_of) for name in names or letters]


def inboxes_gone(urls: Mapping[str, str], attributes: Mapping[str, Attributes | None]) -> Iterator[tuple[str, str]]:
    """By the ARN of its dead-letter queue, whose letters go nowhere else although it does not exist."""
    for name, url in urls.items():
        letters = attributes.get(f"{name}Unprocessed")
        if letters and attributes[name] is None:
            arn = letters["QueueArn"]
            yield arn, f"{arn.rpartition(':')[0]}:{url.rpartition('/')[2]}"


def attributes_of(aws: Aws, url: str) -> Attributes | None:
    """None if the queue is gone."""
    try:
        answer = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=ABOUT_A_QUEUE)
        found = {str(name): value for name, value in answer["Attributes"].items()}
        return found | {ASKED_AT: str(time_of(answer["ResponseMetadata"]))}
    except ClientError as error:
        if error.response["Error"]["Code"].endswith(("NonExistentQueue", "QueueDoesNotExist")):
            return None
        raise


def require_known(environment: Environment, name: str, letters: Sequence[str], inboxes: Mapping[str, object]) -> None:
    if name in letters:
        return
    if name in inboxes:
        raise OpsError(f"{name} is an inbox, which workers read; its dead-letter queue is {name}Unprocessed")
    near = difflib.get_close_matches(name.lower(), [each.lower() for each in letters], n=3, cutoff=0.5)
    found = [each for each in letters if each.lower() in near] or letters
    raise OpsError(f"no dead-letter queue is called {name!r} in {environment}; try {', '.join(found)}")


def described(name: str, url: str, attributes: Attributes | None, inbox_of: Mapping[str, str]) -> DeadLetterQueue:
    if attributes is None:
        return DeadLetterQueue(name=name, url=url, inbox_arn=None, waiting=0, held=0, asked_at=0.0, is_gone=True)
    return DeadLetterQueue(
        name=name,
        url=url,
        inbox_arn=inbox_of.get(attributes["QueueArn"]),
        waiting=int(attributes["ApproximateNumberOfMessages"]),
        held=int(attributes["ApproximateNumberOfMessagesNotVisible"]),
        asked_at=float(attributes[ASKED_AT]),
    )
