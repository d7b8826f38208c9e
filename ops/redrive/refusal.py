"""Why could a letter not be put back?"""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from lambda_src.printable import printable

LONGEST_REASON = 200  # characters


class Refused(Exception):
    """Nobody has taken the letter. One line, safe to show: the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(printable(reason, LONGEST_REASON))


class FunctionFailed(Refused):
    """The function was called and ended with an error."""


@contextmanager
def refusals() -> Iterator[None]:
    """What AWS answers becomes Refused."""
    try:
        yield
    except ClientError as error:
        answer = error.response.get("Error", {})
        raise Refused(f"{answer.get('Code')}: {answer.get('Message')}") from error
    except BotoCoreError as error:
        raise Refused(f"{type(error).__name__}: {error}") from error
