"""When may the next portion go?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ops.send.portion import Portion


@dataclass(slots=True, kw_only=True)
class Pace:
    """`rate`: events a second, None for as fast as it goes. What was late is not caught up: that would be a burst.

    `seconds` counts steadily, `now` is the time of day in UTC.
    """

    rate: float | None
    seconds: Callable[[], float]
    now: Callable[[], datetime]
    sleep: Callable[[float], object]
    _next: float = float("-inf")

    def wait(self, portion: Portion) -> None:
        """Returns when this portion may go; the next one may when its events have had their time."""
        wait = 0.0 if portion.due is None else (portion.due - self.now()).total_seconds()
        wait = max(wait, self._next - self.seconds())
        if wait > 0:
            self.sleep(wait)
        if self.rate is not None:
            self._next = max(self.seconds(), self._next) + portion.count / self.rate
