"""Why can the log stream not be as it should, in one line that somebody can act on?"""

import re

from lambda_src.log_stream.exchange import Answer
from lambda_src.printable import printable

SCOPES = "create:log_streams, read:log_streams, update:log_streams, delete:log_streams"
WHERE = "in Auth0, Applications > APIs > Auth0 Management API > Machine to Machine Applications"
LONGEST_MESSAGE = 300  # characters of Auth0's own words
# Auth0's words: https://support.auth0.com/center/s/article/Management-API-Token-from-API-Explorer-Tab-does-not-contain-expected-scopes
SCOPE = re.compile(r"Insufficient scope, expected any of: ([\w:, ]+)")


class Refused(Exception):
    """One line for CloudFormation's events: what is wrong, and how to put it right. Never a secret."""


def no_token(answer: Answer, *, domain: str, secret: str) -> Refused:
    """For what `POST /oauth/token` answered."""
    said = words_of(answer)
    match answer.status:
        case 401:
            reason = f"Auth0 refuses the credentials (401): client_id or client_secret in secret {secret} is wrong"
        case 403:
            reason = (
                "Auth0 gives this application no token for its Management API (403): "
                f"authorize it {WHERE}, with the scopes {SCOPES}"
            )
        case 404:
            reason = (
                f"there is no Auth0 tenant at {domain} (404): "
                f"the domain in secret {secret} is the tenant's own, such as tenant.eu.auth0.com"
            )
        case 429:
            reason = too_many()
        case status:
            reason = f"Auth0 gives no token ({status}): {said}"
    return Refused(reason)


def not_done(answer: Answer, *, what: str, secret: str) -> Refused:
    """For what the Management API answered; `what` should have been done, as in `make the log stream`."""
    said = words_of(answer)
    match answer.status:
        case 400:
            reason = f"Auth0 refuses to {what} (400): {said}"
        case 401:
            reason = (
                f"Auth0 refuses its own token (401): the domain in secret {secret} must be the tenant's own, "
                "such as tenant.eu.auth0.com, and no custom domain"
            )
        case 403 if scope := SCOPE.search(said):
            reason = f"the Auth0 application lacks the scope {scope[1]} (403), to {what}: add it {WHERE}"
        case 409:
            reason = (
                f"Auth0 finds something in the way (409), to {what}: {said}; if another log stream has this name, "
                "choose one with -c auth0_stream_name"
            )
        case 429:
            reason = too_many()
        case status:
            reason = f"Auth0 answers {status}, asked to {what}: {said}"
    return Refused(reason)


def too_many() -> str:
    return (
        "Auth0 takes no more requests for now (429), for longer than can be waited here: deploy again in some minutes"
    )


def words_of(answer: Answer) -> str:
    """Auth0's own message, short and in one line."""
    for key in ("message", "error_description", "error"):
        if isinstance(said := answer.body.get(key) if isinstance(answer.body, dict) else None, str) and said:
            return printable(said, LONGEST_MESSAGE)
    return "it says nothing more"
