"""Is the bus there, before the first event goes out to it?

To an event for a bus that does not exist EventBridge answers success, and the event is gone
(https://github.com/aws/aws-cli/issues/9186). So nothing is sent before DescribeEventBus has found the bus. Only
ResourceNotFoundException says that it is missing. An error that passes (throttling, 5xx, no connection) is asked about
again, as often and with the same waits as an event is sent again: one bad moment stops no send. One that does not pass
(access denied), or not in time, stops the send as a missing bus does, under its own name: EventBridge would answer
success whether the bus exists or not, and given events are safe in the undelivered queue.
"""

from collections.abc import Callable

from lambda_src.sender.core import MOST_ATTEMPTS, Clock, backoff
from lambda_src.sender.outcomes import Refusal


class BusCheck:
    """Asks `find` (None: the bus exists) until it has found the bus once, and then never again.

    Kept for the life of an execution environment, it costs one call a cold start. A bus that is deleted later in that
    life is not noticed. What failed is not remembered: the next invocation asks again.
    """

    def __init__(self, find: Callable[[], Refusal | None]) -> None:
        self._find = find
        self._is_found = False

    def refusal(self, clock: Clock, deadline: float) -> Refusal | None:
        """Why nothing may be sent; None if the bus is there. Not asked after the deadline: nothing is sent then."""
        attempts = 0
        while not self._is_found and clock.now() < deadline:
            refusal = self._find()
            attempts += 1
            if refusal is None:
                self._is_found = True
                break
            wait = backoff(attempts, clock)
            if not refusal.is_retryable or attempts == MOST_ATTEMPTS or clock.now() + wait >= deadline:
                return refusal
            clock.sleep(wait)
        return None
