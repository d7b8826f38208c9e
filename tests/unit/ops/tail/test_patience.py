"""Does a view that has run for hours outlive a failure that passes, and end with one that does not?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError, ReadTimeoutError

from ops.event_log import Seen
from ops.tail.patience import TRIES, patient
from ops.window import Window
from tests.unit.ops.tail.seen import seen

WINDOW = Window(start=datetime(2026, 11, 24, tzinfo=UTC), end=datetime(2026, 11, 24, tzinfo=UTC) + timedelta(hours=1))


def client_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, "FilterLogEvents")


THROTTLED = client_error("ThrottlingException")
PASSING = [
    THROTTLED,
    client_error("ServiceUnavailableException"),
    EndpointConnectionError(endpoint_url="https://example.com"),
    ReadTimeoutError(endpoint_url="https://example.com"),
]
LASTING = [client_error("ExpiredTokenException"), client_error("AccessDeniedException"), NoCredentialsError()]


class Reader:
    """Each look gives a line and then fails as `plan` says; None: it succeeds."""

    def __init__(self, *plan: Exception | None) -> None:
        self._plan = iter(plan)
        self.told: list[Exception] = []
        self._look = patient(self._read, self.told.append)

    def _read(self, _window: Window) -> Iterator[Seen]:
        yield seen("line")
        if error := next(self._plan):
            raise error

    def look(self) -> int:
        return len(list(self._look(WINDOW)))


@pytest.mark.parametrize("error", PASSING)
def test_a_failure_that_may_pass_is_told_once_and_the_next_look_goes_on(error: Exception) -> None:
    reader = Reader(None, error, error, None, error)
    assert [reader.look() for _ in range(5)] == [1, 1, 1, 1, 1]
    assert reader.told == [error, error]  # once for each time that it began to fail


@pytest.mark.parametrize("error", LASTING)
def test_a_failure_that_does_not_pass_ends_it(error: Exception) -> None:
    reader = Reader(None, error)
    reader.look()
    with pytest.raises(type(error)):
        reader.look()


def test_a_first_look_that_fails_ends_it() -> None:
    with pytest.raises(ClientError):
        Reader(THROTTLED).look()


def test_a_failure_that_may_pass_and_does_not_ends_it_in_the_end() -> None:
    reader = Reader(None, *[THROTTLED] * TRIES)
    for _ in range(TRIES):
        reader.look()
    with pytest.raises(ClientError):
        reader.look()
