"""When is an event sent, sent again, or given up?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from lambda_src.sender.batches import Waiting, WaitingRoom
from lambda_src.sender.entries import Entry
from lambda_src.sender.outcomes import OUT_OF_TIME, Failure, Refusal

MOST_ATTEMPTS = 4  # Auth0's promise: three retries, then the failure is logged
FIRST_BACKOFF_SECONDS = 0.5  # the longest wait before the first retry; doubled before each further one
# With so many entries waiting no further one is started: when EventBridge throttles, generated logs must not pile up.
MOST_WAITING = 100
# Kept back from the function's time: the longest that one request to EventBridge and then one to the undelivered queue
# can take (clients.py), and the time to save what could not be sent.
RESERVE_SECONDS = 20.0
RESERVE_SECONDS_PER_GIVEN_EVENT = 0.002  # ten go into one request to the undelivered queue

# One answer for each entry, in their order; None says that EventBridge has it.
PutEvents = Callable[[Sequence[Entry]], Sequence[Refusal | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """All that a delivery knows of time (in seconds) and chance (`random` gives numbers from 0 to 1)."""

    now: Callable[[], float]
    sleep: Callable[[float], object]
    random: Callable[[], float]


class NothingSent(RuntimeError):
    """Generated logs were not sent, none of them. One line: why, and how to put it right."""


def backoff(attempts: int, clock: Clock) -> float:
    """Seconds to wait after so many attempts: up to 0.5, 1, 2, with full jitter.

    https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    return FIRST_BACKOFF_SECONDS * 2.0 ** (attempts - 1) * clock.random()


def deadline(*, now: float, remaining: float, given: int) -> float:
    """Until when to send, if the function has `remaining` seconds and must save `given` events that it cannot send."""
    return now + remaining - min(remaining / 2, RESERVE_SECONDS + given * RESERVE_SECONDS_PER_GIVEN_EVENT)


@dataclass(slots=True, kw_only=True)
class Delivery:
    """Sends events, each in at most MOST_ATTEMPTS attempts, until `deadline` (a time of the clock).

    `give_up` is called once for each event that failed for good. What the deadline leaves without an attempt fails too
    if `fail_unattempted`, and is dropped otherwise: generated logs can be made again.
    """

    put_events: PutEvents
    give_up: Callable[[Failure], object]
    clock: Clock
    deadline: float
    fail_unattempted: bool
    sent: int = 0
    failed: int = 0
    retried: int = 0  # events that took more than one attempt
    retries: int = 0  # attempts after an event's first
    _waiting: WaitingRoom = field(default_factory=WaitingRoom)
    _started: int = 0

    def run(self, entries: Iterator[Entry]) -> None:
        """Sends `entries`, taken up no faster than they go out."""
        while (now := self.clock.now()) < self.deadline:
            self._take_up(entries, now)
            if batch := self._waiting.take(now):
                self._attempt(batch)
            elif self._waiting.next_due < self.deadline:
                self.clock.sleep(self._waiting.next_due - now)
            else:
                break
        self._stop(entries)

    def refuse(self, entries: Iterator[Entry], refusal: Refusal) -> None:
        """Gives all of `entries` up before the first attempt; raises NothingSent if they can be made again."""
        if not self.fail_unattempted:
            raise NothingSent(f"nothing was sent: {refusal.message} ({refusal.code})")
        for entry in entries:
            self._fail(entry, refusal, 0)

    def _take_up(self, entries: Iterator[Entry], now: float) -> None:
        for entry in islice(entries, MOST_WAITING - len(self._waiting)):
            self._waiting.add(Waiting(due=now, number=self._started, entry=entry))
            self._started += 1

    def _attempt(self, batch: Sequence[Waiting]) -> None:
        self.retried += sum(waiting.attempts == 1 for waiting in batch)
        self.retries += sum(waiting.attempts > 0 for waiting in batch)
        refusals = self.put_events([waiting.entry for waiting in batch])
        for waiting, refusal in zip(batch, refusals, strict=True):
            if refusal is None:
                self.sent += 1
            else:
                self._settle(replace(waiting, attempts=waiting.attempts + 1), refusal)

    def _settle(self, waiting: Waiting, refusal: Refusal) -> None:
        if not refusal.is_retryable or waiting.attempts == MOST_ATTEMPTS:
            self._fail(waiting.entry, refusal, waiting.attempts)
            return
        due = self.clock.now() + backoff(waiting.attempts, self.clock)
        self._waiting.add(replace(waiting, due=due, refusal=refusal))

    def _stop(self, entries: Iterator[Entry]) -> None:
        for waiting in self._waiting:
            if waiting.refusal is not None:
                self._fail(waiting.entry, waiting.refusal, waiting.attempts)
        if self.fail_unattempted:
            taken_up = [waiting.entry for waiting in self._waiting if waiting.refusal is None]
            for entry in chain(taken_up, entries):
                self._fail(entry, OUT_OF_TIME, 0)

    def _fail(self, entry: Entry, refusal: Refusal, attempts: int) -> None:
        self.failed += 1
        self.give_up(Failure(entry=entry, code=refusal.code, message=refusal.message, attempts=attempts))
