"""What does the sender answer?"""

from typing import Any

from lambda_src.sender.core import Delivery
from lambda_src.sender.outcomes import Failure
from lambda_src.sender.request import Request

# With more, the answer could grow beyond the 6 MB of a synchronous invocation:
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MOST_FAILURES = 1_000


class Report:
    """Collects the failures of one send, the first MOST_FAILURES of them, for its answer."""

    def __init__(self) -> None:
        self._failures: list[dict[str, str | int]] = []

    def note(self, failure: Failure) -> None:
        if len(self._failures) < MOST_FAILURES:
            self._failures.append(
                {
                    "log_id": failure.log_id,
                    "code": failure.code,
                    "message": failure.message,
                    "attempts": failure.attempts,
                }
            )

    def answer(self, request: Request, delivery: Delivery) -> dict[str, Any]:
        """`{"sent", "retried", "failed", "failures"}`: numbers of events, and why each of the failed ones did.

        `retried` are those that took more than one attempt, whether sent in the end or not. In addition `seed` for
        generated logs, `failures_omitted` if there were too many to list. `not_attempted` if the function's time ran
        out before all generated logs were made, with `next`: the same request with this as its `first`, and with the
        seed, makes the rest, nothing of it twice.
        """
        done = delivery.sent + delivery.failed
        extra = {
            "failures_omitted": delivery.failed - len(self._failures),
            "not_attempted": request.count - done,
        }
        return {
            "sent": delivery.sent,
            "retried": delivery.retried,
            "failed": delivery.failed,
            **({} if request.seed is None else {"seed": request.seed}),
            "failures": self._failures,
            **{name: number for name, number in extra.items() if number},
            **({"next": request.first + done} if done < request.count else {}),
        }
