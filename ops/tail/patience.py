"""Which failures of a look at the event log are no reason to end?"""

from collections.abc import Callable, Iterator

from botocore import exceptions
from botocore.exceptions import ClientError

from ops.event_log import Seen
from ops.tail.follow import Read
from ops.window import Window

UNREACHED = (exceptions.ConnectionError, exceptions.HTTPClientError)
TRIES = 5  # looks that fail one after the other, each after boto3's own tries
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html
PASSING = frozenset({"ThrottlingException", "ServiceUnavailableException", "ServiceUnavailable", "InternalFailure"})


def patient(read: Read, tell: Callable[[Exception], object]) -> Read:
    """Reads as `read` does; a failure that may pass is told once and leaves the rest to the next look.

    The first look must succeed: what fails there is most often wrong from the start.
    """
    failures, has_succeeded = 0, False

    def look(window: Window) -> Iterator[Seen]:
        nonlocal failures, has_succeeded
        try:
            yield from read(window)
        except (ClientError, *UNREACHED) as error:
            failures += 1
            if not (has_succeeded and may_pass(error)) or failures == TRIES:
                raise
            if failures == 1:
                tell(error)
        else:
            failures, has_succeeded = 0, True

    return look


def may_pass(error: Exception) -> bool:
    return not isinstance(error, ClientError) or error.response["Error"].get("Code") in PASSING
