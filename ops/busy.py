"""What if Lambda has no room for one more execution?"""

from collections.abc import Callable
from typing import TypeVar

from botocore.exceptions import ClientError

Answer = TypeVar("Answer")
BUSY = "TooManyRequestsException"  # Lambda did not start the function: it may be asked again
WAITS = (1, 2, 4, 8)  # seconds


def when_free(call: Callable[[], Answer], sleep: Callable[[float], object]) -> Answer:
    """Calls until the function was started, five times at most. Raises what `call` raises, BUSY in the end."""
    for wait in WAITS:
        try:
            return call()
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != BUSY:
                raise
        sleep(wait)
    return call()
