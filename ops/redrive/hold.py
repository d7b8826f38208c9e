"""How does a run get each letter once, and how does none get lost on the way?

A letter that was received is hidden from other readers for a while. It is deleted once it is back where it came from.
What stays is made visible again at the end, and not at once: it would be received again in the place of others. A run
that is killed makes nothing visible; then the letters come back by themselves, when the time is over.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from botocore.exceptions import BotoCoreError, ClientError

from ops.aws import SLOWEST_ANSWER
from ops.redrive.letters import Letter, letter_of
from ops.redrive.queues import DeadLetterQueue

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

# Seconds that a letter stays hidden: while a function is called with it, and while it is only looked at.
HOLD, LOOK = SLOWEST_ANSWER + 300, 120
FRESH = 150  # seconds that a letter was hidden, after which a call that may last must hide it anew
Clock = Callable[[], float]
MOST_MESSAGES = 10  # of one request to SQS
MOST_OLD_BATCHES = 10  # in a row that bring nothing but what this run has seen, or what is newer than it


class Hold:
    """The letters of one queue that were there before `started` (seconds since 1970), each of them once.

    A context manager: at its end, what was not deleted can be received again.
    """

    def __init__(
        self,
        sqs: "SQSClient",
        queue: DeadLetterQueue,
        *,
        started: float,
        seconds: int,
        wait: int,
        clock: Clock = time.monotonic,
    ) -> None:
        self._sqs = sqs
        self._queue = queue
        self._started = started
        self._seconds = seconds
        self._wait = wait
        self._clock = clock
        self._receipts: dict[str, str] = {}
        self._held_since: dict[str, float] = {}  # of every letter that was ever received

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self._release()
        else:  # the reason for the end says more than an error that may follow from it
            with suppress(ClientError, BotoCoreError):
                self._release()

    def letters(self, most: int | None) -> Iterator[list[Letter]]:
        """Up to ten at a time, `most` in all."""
        old_batches, given = 0, 0
        while old_batches < MOST_OLD_BATCHES and (most is None or given < most):
            received = self._receive(MOST_MESSAGES if most is None else min(MOST_MESSAGES, most - given))
            if not received:
                return
            # what came later may be what the sender could not send again, which would go round for ever
            new = [
                each for each in received if each.message_id not in self._held_since and each.sent_at < self._started
            ]
            self._receipts.update({letter.message_id: letter.receipt_handle for letter in received})
            self._held_since.update(dict.fromkeys([letter.message_id for letter in received], self._clock()))
            old_batches = 0 if new else old_batches + 1
            given += len(new)
            if new:
                yield new

    def prolong(self, letters: list[Letter]) -> None:
        """Before a call that may last: they stay hidden for as long as it can."""
        now = self._clock()
        self._hide([each.message_id for each in letters if now - self._held_since[each.message_id] > FRESH], HOLD)

    def delete(self, letter: Letter) -> None:
        self._sqs.delete_message(QueueUrl=self._queue.url, ReceiptHandle=self._receipts[letter.message_id])
        del self._receipts[letter.message_id]

    def _receive(self, most: int) -> list[Letter]:
        answer = self._sqs.receive_message(
            QueueUrl=self._queue.url,
            MaxNumberOfMessages=most,
            VisibilityTimeout=self._seconds,
            WaitTimeSeconds=self._wait,  # to wait is to ask all of SQS's servers: without it a queue may look empty
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["SentTimestamp"],
        )
        return [letter_of(message, self._queue.inbox_arn) for message in answer.get("Messages", [])]

    def _release(self) -> None:
        self._hide(list(self._receipts), 0)

    def _hide(self, message_ids: list[str], seconds: int) -> None:
        """For so long; SQS refuses it for what is visible already, which does no harm."""
        for start in range(0, len(message_ids), MOST_MESSAGES):
            self._sqs.change_message_visibility_batch(
                QueueUrl=self._queue.url,
                Entries=[
                    {"Id": str(place), "ReceiptHandle": self._receipts[each], "VisibilityTimeout": seconds}
                    for place, each in enumerate(message_ids[start : start + MOST_MESSAGES])
                ],
            )
        self._held_since.update(dict.fromkeys(message_ids, self._clock()))
