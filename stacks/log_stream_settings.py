"""Which settings of the log stream in an Auth0 tenant are right?"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from lambda_src.auth0_events.log_types import UnknownCategory, codes_of
from stacks.checks import InvalidSettings, check

# A name, or an ARN: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
SECRET = re.compile(
    r"[A-Za-z0-9/_+=.@-]{1,512}|arn:aws[\w-]*:secretsmanager:(?P<region>[a-z0-9-]+):\d{12}:secret:[\w/+=.@-]{1,519}"
)
STREAM_NAME = re.compile(r"[ -~]{1,100}")
STATUSES = ("active", "paused")
ON_DELETE = ("keep", "pause", "delete")
BY_DEFAULT = {
    "auth0_stream_name": None,
    "auth0_filters": (),
    "auth0_status": "active",
    "auth0_priority": False,
    "auth0_start_from": None,
    "auth0_on_delete": "keep",
    "allow_stream_replacement": False,
}


class LogStreamSettings(Protocol):
    """The part of an environment's settings that is about its log stream."""

    @property
    def auth0_secret(self) -> str | None: ...
    @property
    def auth0_stream_name(self) -> str | None: ...
    @property
    def auth0_filters(self) -> tuple[str, ...]: ...
    @property
    def auth0_status(self) -> str: ...
    @property
    def auth0_priority(self) -> bool: ...
    @property
    def auth0_start_from(self) -> str | None: ...
    @property
    def auth0_on_delete(self) -> str: ...
    @property
    def allow_stream_replacement(self) -> bool: ...


def check_log_stream(settings: LogStreamSettings) -> None:
    """Raises InvalidSettings."""
    secret, name, start = settings.auth0_secret, settings.auth0_stream_name, settings.auth0_start_from
    check("auth0_secret", secret, secret is None or SECRET.fullmatch(secret),
          "the name or ARN of a Secrets Manager secret")  # fmt: skip
    check("auth0_stream_name", name, name is None or STREAM_NAME.fullmatch(name), "1 to 100 printable characters")
    check("auth0_status", settings.auth0_status, settings.auth0_status in STATUSES, " or ".join(STATUSES))
    check("auth0_on_delete", settings.auth0_on_delete, settings.auth0_on_delete in ON_DELETE, ", ".join(ON_DELETE))
    check("auth0_start_from", start, start is None or is_date(start),
          "a date or time (ISO 8601), such as 2026-11-01 or 2026-11-01T12:00:00Z")  # fmt: skip
    check_categories(settings.auth0_filters)
    if secret is None and (given := [each for each in BY_DEFAULT if getattr(settings, each) != BY_DEFAULT[each]]):
        raise InvalidSettings(
            f"{given[0]} is set and auth0_secret is not: without it no log stream is made, and none is changed"
        )


def check_secret_place(secret: str | None, *, region: str | None) -> None:
    """`region`: where the stacks go, if it is known. Raises InvalidSettings."""
    match = SECRET.fullmatch(secret or "")
    if match and match["region"] and region and match["region"] != region:
        raise InvalidSettings(
            f"auth0_secret is in {match['region']} and the stacks go to {region}, where the function that makes the "
            f"log stream looks for it: give a secret of {region}, or deploy with `-c region={match['region']}`"
        )


def check_categories(names: Iterable[str]) -> None:
    for name in names:
        check("auth0_filters", name, name, "categories of logs, such as auth.login.fail")
        try:
            codes_of(name)
        except UnknownCategory as error:
            raise InvalidSettings(f"auth0_filters: {error}", setting="auth0_filters") from None


def is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return re.match(r"\d{4}-\d\d-\d\d(T|$)", text) is not None
