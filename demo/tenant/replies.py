"""What do Auth0's answers look like?

https://auth0.com/docs/api/management/v2/log-streams/post-log-streams
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any


@dataclass(eq=False)
class Reply(Exception):
    """`body` None: no content. Raised where nothing more is to be done."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


def refusal(status: int, message: str, code: str) -> Reply:
    """As the Management API has it."""
    return Reply(
        status,
        {"statusCode": status, "error": HTTPStatus(status).phrase, "message": message, "errorCode": code},
    )


def denial(status: int, description: str) -> Reply:
    """As the token endpoint has it."""
    return Reply(status, {"error": "access_denied", "error_description": description})


def too_many(*, retry_after: int | None = None, reset: int | None = None) -> Reply:
    """With the headers that are given. `reset` in seconds since 1970."""
    named = {"Retry-After": retry_after, "X-RateLimit-Reset": reset}
    headers = {name: str(value) for name, value in named.items() if value is not None}
    return Reply(429, refusal(429, "Global limit has been reached", "too_many_requests").body, headers)
