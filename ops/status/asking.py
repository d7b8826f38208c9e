"""How is AWS asked many things at once, and what of it did it not answer?"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, Self, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from lambda_src.printable import printable
from ops.aws import MOST_AT_ONCE

Answer = TypeVar("Answer")
LONGEST_REASON = 200
# Services spell it differently.
DENIED = ("AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation")

MISSING = ("NotFound", "NotFoundException", "NonExistentQueue", "QueueDoesNotExist")


@dataclass(frozen=True, slots=True)
class NotSeen:
    """`reason`: safe to show, as "AccessDenied on sqs:GetQueueAttributes"."""

    reason: str
    error: Exception | None = None

    @property
    def is_denied(self) -> bool:
        return isinstance(self.error, ClientError) and self.error.response["Error"].get("Code", "") in DENIED


class Asking:
    """A context manager. Ctrl-C waits for no answer: the threads end with the process, if not before."""

    def __init__(self, progress: Callable[[int], object]) -> None:
        self._progress = progress
        self._waiting: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        for _ in range(MOST_AT_ONCE):
            Thread(target=self._work, daemon=True).start()

    def each(
        self, service: str, questions: Mapping[str, Callable[[], Answer]]
    ) -> Callable[[], dict[str, Answer | NotSeen]]:
        """Asks at once; what it gives waits for the answers. `service`: as policies spell it."""
        futures = {key: self._submit(partial(answer, service, ask)) for key, ask in questions.items()}
        return lambda: {key: future.result() for key, future in futures.items()}

    def one(self, service: str, question: Callable[[], Answer]) -> Callable[[], Answer | NotSeen]:
        asked = self.each(service, {"": question})
        return lambda: asked()[""]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for _worker in range(MOST_AT_ONCE):
            self._waiting.put(None)

    def _submit(self, call: Callable[[], Any]) -> "Future[Any]":
        future: Future[Any] = Future()
        self._waiting.put((future, call))
        return future

    def _work(self) -> None:
        while task := self._waiting.get():
            future, call = task
            try:
                future.set_result(call())
            except BaseException as error:  # noqa: BLE001 - it is raised again where the answer is waited for
                future.set_exception(error)
            self._progress(1)


def answer(service: str, question: Callable[[], Answer]) -> Answer | NotSeen:
    try:
        return question()
    except ClientError as error:
        code = error.response["Error"].get("Code", "")
        message = "" if code in DENIED else f": {error.response['Error'].get('Message', '')}"
        reason = f"{code} on {service}:{error.operation_name}{message}"
        return NotSeen(printable(reason, LONGEST_REASON), error)
    except BotoCoreError as error:
        return NotSeen(printable(f"{service}: {error}", LONGEST_REASON), error)


def is_missing(error: ClientError) -> bool:
    """Whether AWS says that there is no such thing; each service has its own word, CloudFormation a sentence."""
    code, message = error.response["Error"].get("Code", ""), error.response["Error"].get("Message", "")
    return code.endswith(MISSING) or (code == "ValidationError" and "does not exist" in message)


def if_there(question: Callable[[], Answer]) -> Answer | None:
    """None if AWS says that there is no such thing."""
    try:
        return question()
    except ClientError as error:
        if is_missing(error):
            return None
        raise
