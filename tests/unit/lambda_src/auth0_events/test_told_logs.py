"""Does a log of a story say what the story knows, and nothing that cannot be?"""

from datetime import UTC, datetime
from typing import Any

import pytest

from lambda_src.auth0_events.generator import generate_log, tell_log
from lambda_src.auth0_events.log_types import LOG_TYPES, UnknownLogType
from lambda_src.auth0_events.values import DATABASE, SOCIAL, user_id

MOMENT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def told(code: str, *, index: int = 0, **known: Any) -> Any:
    return tell_log(code, seed=1, index=index, moment=MOMENT, known=known).data


def test_what_is_known_is_in_the_log_at_its_own_moment() -> None:
    data = told("fp", person=5, ip="203.0.113.9", from_connection=DATABASE)
    assert (data["ip"], data["connection"], data["date"]) == ("203.0.113.9", DATABASE.name, "2026-11-25T12:00:00.000Z")
    assert data["user_id"] == user_id("auth0", 5)


def test_what_is_not_known_is_drawn_as_for_any_log_of_the_type() -> None:
    for code in LOG_TYPES:
        assert told(code).keys() == generate_log(code, seed=1, index=0, now=MOMENT).data.keys()


def test_the_same_person_is_the_same_in_logs_of_all_types() -> None:
    names = {told(code, index=index, person=1_000)["user_name"] for index, code in enumerate(("s", "fp", "fu", "ss"))}
    assert len(names) == 1


@pytest.mark.parametrize(
    ("code", "known", "said"),
    [
        ("fp", {"from_connection": SOCIAL}, "no log of type fp comes by google-oauth2; expected Username-Password"),
        ("fp", {"colour": "red"}, "no value of a log is called colour"),
    ],
)
def test_what_cannot_be_is_refused(code: str, known: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        told(code, **known)


def test_an_unknown_type_and_a_moment_without_a_time_zone_are_refused() -> None:
    with pytest.raises(UnknownLogType):
        told("fapi")
    with pytest.raises(ValueError, match="no time zone"):
        tell_log("s", seed=1, index=0, moment=MOMENT.replace(tzinfo=None), known={})
