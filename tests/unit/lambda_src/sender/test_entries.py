"""Is an entry what EventBridge takes, and as large as EventBridge counts?"""

from datetime import UTC, datetime

import pytest

from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.sender.entries import entry_of

SOURCE = "simulation/auth0.com/test"


def log_of(**data: object) -> Auth0Log:
    return Auth0Log(log_id="1", type="f", data={"type": "f", **data})


# Source 25, DetailType "Auth0 log" 9 and {"log_id":"1","data":{"type":"f"}} 34 bytes.
def test_the_size_of_an_entry_without_a_time_is_the_sum_of_its_texts() -> None:
    assert entry_of(log_of(), SOURCE).size == 25 + 9 + 34


def test_a_time_counts_fourteen_bytes() -> None:
    date = "2026-11-23T12:00:00.123Z"
    assert entry_of(log_of(date=date), SOURCE).size == 25 + 9 + 34 + len(f',"date":"{date}"') + 14


def test_a_lone_surrogate_has_a_size_too() -> None:
    assert entry_of(log_of(description="\ud800"), SOURCE).size > 0


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2026-11-23T12:00:00.123Z", datetime(2026, 11, 23, 12, 0, 0, 123_000, tzinfo=UTC)),
        ("2026-11-23T14:00:00+02:00", datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)),
        ("2026-11-23T12:00:00", None),
        ("2026-11-23", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        (None, None),
        (1_700_000_000, None),
    ],
)
def test_an_entry_has_the_time_that_its_log_says_if_it_says_one(date: object, moment: datetime | None) -> None:
    assert entry_of(log_of(date=date), SOURCE).time == moment
