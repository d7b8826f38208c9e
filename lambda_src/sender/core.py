"""When is an event sent, sent again, or given up?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock

from lambda_src.sender.batches import MOST_ENTRIES, Batches, Waiting
from lambda_src.sender.entries import Entry
from lambda_src.sender.lanes import run_at_once
from lambda_src.sender.outcomes import OUT_OF_TIME, Failure, Refusal
from lambda_src.sender.pace import Pace

MOST_ATTEMPTS = 4  # Auth0's promise: three retries, then the failure is logged
FIRST_BACKOFF_SECONDS = 0.5  # the longest wait before the first retry; doubled before each further one
# Kept back from the function's time: the longest that one request to EventBridge and then one to the undelivered queue
# can take (clients.py), and the time to save what could not be sent.
RESERVE_SECONDS = 20.0
RESERVE_SECONDS_PER_GIVEN_EVENT = 0.002  # ten go into one request to the undelivered queue

# One answer for each entry, in their order; None says that EventBridge has it. Called by several lanes at once.
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

    `lanes`: requests at once. What they share is changed by one of them at a time, and so is `give_up` called: once for
    each event that failed for good. What the deadline leaves without an attempt fails too if `fail_unattempted`, and is
    not even read otherwise: generated logs can be made again, from where this one has stopped.
    """

    put_events: PutEvents
    give_up: Callable[[Failure], object]
    clock: Clock
    deadline: float
    fail_unattempted: bool
    lanes: int = 1
    most_entries: int = MOST_ENTRIES  # in a request
    pace: Pace = field(default_factory=Pace)
    sent: int = 0
    failed: int = 0
    retried: int = 0  # events that took more than one attempt
    retries: int = 0  # attempts after an event's first
    _lock: Lock = field(default_factory=Lock)
    _is_broken: bool = False

    def run(self, entries: Iterator[Entry]) -> None:
        """Sends `entries`, taken up no faster than they go out."""
        batches = Batches(entries, most=self.most_entries)
        run_at_once(lambda: self._send(batches), lanes=self.lanes)
        self._stop(batches)

    def refuse(self, entries: Iterator[Entry], refusal: Refusal) -> None:
        """Gives all of `entries` up before the first attempt; raises NothingSent if they can be made again."""
        if not self.fail_unattempted:
            raise NothingSent(f"nothing was sent: {refusal.message} ({refusal.code})")
        for entry in entries:
            self._fail(entry, refusal, 0)

    def _send(self, batches: Batches) -> None:
        """What one lane does until nothing is left for it; what another one has under way, that one sends again."""
        try:
            while True:
                with self._lock:
                    batch, wait = self._next(batches)
                if batch:
                    self._attempt(batch, batches)
                elif wait is None:
                    return
                else:
                    self.clock.sleep(wait)
        except BaseException:
            self._is_broken = True  # the other lanes end after the request that they have under way
            raise

    def _next(self, batches: Batches) -> tuple[list[Waiting], float | None]:
        """What to send now; if nothing, for how long to wait, or None to stop."""
        now = self.clock.now()
        if now >= self.deadline or self._is_broken:
            return [], None
        wait = max(self.pace.wait(now), batches.due(now) - now)
        if wait:
            return [], wait if now + wait < self.deadline else None
        self.pace.start(now)
        return batches.take(now), None

    def _attempt(self, batch: Sequence[Waiting], batches: Batches) -> None:
        began = self.clock.now()
        refusals = self.put_events([waiting.entry for waiting in batch])
        with self._lock:
            now = self.clock.now()
            for waiting, refusal in zip(batch, refusals, strict=True):
                self._settle(waiting, refusal, batches)
            is_throttled = any(refusal is not None and refusal.is_throttle for refusal in refusals)
            accepted = refusals.count(None) / len(batch)
            self.pace.hear(began=began, now=now, accepted=accepted, is_throttled=is_throttled)

    def _settle(self, waiting: Waiting, refusal: Refusal | None, batches: Batches) -> None:
        self.retried += waiting.attempts == 1
        self.retries += waiting.attempts > 0
        if refusal is None:
            self.sent += 1
            return
        waiting.attempts += 1
        waiting.refusal = refusal
        if refusal.is_retryable and waiting.attempts < MOST_ATTEMPTS:
            batches.add(waiting, self.clock.now() + backoff(waiting.attempts, self.clock))
        else:
            self._fail(waiting.entry, refusal, waiting.attempts)

    def _stop(self, batches: Batches) -> None:
        for waiting in batches.waiting():
            self._fail(waiting.entry, waiting.refusal or OUT_OF_TIME, waiting.attempts)
        if self.fail_unattempted:
            for entry in batches.unattempted():
                self._fail(entry, OUT_OF_TIME, 0)

    def _fail(self, entry: Entry, refusal: Refusal, attempts: int) -> None:
        self.failed += 1
        self.give_up(Failure(entry=entry, code=refusal.code, message=refusal.message, attempts=attempts))
