"""How do several calls of the sender go at once, and what they said come in order?"""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from ops.aws import OpsError
from ops.send.portion import Portion
from ops.send.sender import NotCalled, Sender

Calls = deque[tuple[Portion, "Future[Said]"]]


@dataclass(slots=True)
class Said:
    """What the sender said to a portion: its answers, each with the number of events that it is about.

    `error`: what ended it, with `left` events of which nobody knows whether they were sent.
    """

    answers: list[tuple[Mapping[str, Any], int]] = field(default_factory=list)
    error: OpsError | None = None
    left: int = 0


def send_wholly(sender: Sender, portion: Portion) -> Said:
    """In as many calls as it takes: where the function's time ran out, the next one goes on."""
    said, part = Said(), portion
    while True:
        try:
            answer = sender.send(part)
        except OpsError as error:
            said.error, said.left = error, 0 if isinstance(error, NotCalled) else part.count
            return said
        done = answer["sent"] + answer["failed"]
        if part.rest and done <= 0:
            said.error = OpsError(f"the sender had no time for a single one of {part.place}")
            return said
        if not part.rest or not done < part.count:
            said.answers.append((answer, part.count))
            return said
        said.answers.append((answer, done))
        part = part.rest(done)


def in_order(
    send: Callable[[Portion], Said],
    portions: Iterator[Portion],
    *,
    at_once: int,
    tell: Callable[[str], object],
) -> Generator[tuple[Portion, Said]]:
    """Each portion with what was said to it. Whoever closes it waits for the calls that are under way.

    After a KeyboardInterrupt nothing more is called, and it is raised when all that was called has been given out; a
    second one is raised at once, here and while somebody waits.
    """
    if at_once == 1:
        yield from ((portion, send(portion)) for portion in portions)
        return
    calls: Calls = deque()
    try:
        for portion in portions:
            calls.append((portion, called(send, portion)))
            if len(calls) == at_once:
                yield first_of(calls)
        yield from all_of(calls)
    except KeyboardInterrupt:
        if calls:
            tell(f"waiting for the sender's answers, {len(calls)}; Ctrl-C again does not wait for them")
        yield from all_of(calls)
        raise
    except GeneratorExit:
        wait([call for _, call in calls])
        raise


def called(send: Callable[[Portion], Said], portion: Portion) -> "Future[Said]":
    """In a thread that keeps no process from its end: the sender goes on, whoever waits for its answer."""
    call: Future[Said] = Future()

    def answer() -> None:
        try:
            call.set_result(send(portion))
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result hears of it
            call.set_exception(error)

    Thread(target=answer, daemon=True).start()
    return call


def all_of(calls: Calls) -> Iterator[tuple[Portion, Said]]:
    while calls:
        yield first_of(calls)


def first_of(calls: Calls) -> tuple[Portion, Said]:
    """It stays among them while it is waited for."""
    portion, call = calls[0]
    said = call.result()
    calls.popleft()
    return portion, said
