"""How often, and after which pause, is a request tried again?

https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
"""

from collections.abc import Callable
from dataclasses import dataclass

from lambda_src.log_stream.exchange import Answer, Unreachable

MOST = 8  # attempts
BASE_SECONDS, LONGEST_SECONDS = 0.5, 8.0
TOO_MANY = 429


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """`now` for spans (seconds), `wall` for points in time (seconds since 1970), `random` from 0 to 1."""

    now: Callable[[], float]
    wall: Callable[[], float]
    sleep: Callable[[float], None]
    random: Callable[[], float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempts:
    """Nothing is tried, and nobody waits, beyond `deadline` (of `clock.now`)."""

    clock: Clock
    deadline: float

    def until_answered(self, ask: Callable[[], Answer]) -> Answer:
        """`ask` again after a network error or 5xx (full jitter), and after 429 when Auth0 says: the last answer.

        `ask` must be safe to repeat. Raises Unreachable.
        """
        for attempt in range(MOST):
            trouble: Unreachable | None = None
            answer: Answer | None = None
            try:
                answer = self._in_time(ask)
            except Unreachable as error:
                trouble = error
            pause = self._pause(attempt, answer)
            if pause is None or attempt == MOST - 1 or self.clock.now() + pause > self.deadline:
                break
            self.clock.sleep(pause)
        if answer is None:
            raise trouble or Unreachable("not tried")
        return answer

    def _in_time(self, ask: Callable[[], Answer]) -> Answer:
        if self.clock.now() > self.deadline:
            raise Unreachable("the time of this function is over")
        return ask()

    def _pause(self, attempt: int, answer: Answer | None) -> float | None:
        """Seconds; None when there is nothing to wait for."""
        jitter = self.clock.random() * min(LONGEST_SECONDS, BASE_SECONDS * 2.0**attempt)
        if answer is None or answer.status >= 500:
            return jitter
        if answer.status == TOO_MANY:
            return self._told(answer) + jitter
        return None

    def _told(self, answer: Answer) -> float:
        """Seconds by Retry-After, or until the moment of X-RateLimit-Reset; a second where neither is readable."""
        after, reset = answer.headers.get("retry-after", ""), answer.headers.get("x-ratelimit-reset", "")
        if after.isdecimal():
            return float(after)
        if reset.isdecimal():
            return max(0.0, float(reset) - self.clock.wall())
        return 1.0
