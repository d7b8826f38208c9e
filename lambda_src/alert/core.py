"""What does an alert say?"""

import re
from dataclasses import dataclass

from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.auth0_events.log_types import LOG_TYPES
from lambda_src.printable import printable

# SNS: no line breaks or control characters, fewer than 100 characters. ASCII, as e-mail clients agree on nothing else.
# https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
LONGEST_SUBJECT = 99
LONGEST_FIELD = 200  # characters; with seven fields a message stays far below the 262,144 bytes that SNS takes
_LONGEST_CODE = 60
_NOT_GIVEN = "not given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One message for people. All of it is safe to show; `log_type` is ASCII without spaces, for filter policies."""

    log_id: str
    log_type: str
    subject: str
    message: str


def alert_of(log: Auth0Log) -> Alert:
    """What to tell people about `log`: facts for a decision, and where to find the rest.

    The event's description, user name and user agent are not repeated: an attacker writes them.
    """
    code = _code_of(log)
    name = LOG_TYPES[code].name if code in LOG_TYPES else "unknown log type"
    log_id = _shown(log.log_id)
    return Alert(
        log_id=log_id,
        log_type=code,
        subject=f"Auth0 {code}: {name}".encode("ascii", "replace").decode()[:LONGEST_SUBJECT],
        message=_message(log, f"{name} ({code})", log_id),
    )


def _message(log: Auth0Log, title: str, log_id: str) -> str:
    quotable = re.sub(r'["\\]', "?", log_id)  # people copy these queries: nothing in it may end their quotes
    return f"""\
Auth0 reports: {title}

When:        {_shown(log.date)}
Tenant:      {_shown(log.tenant_name)}
Application: {_shown(log.client_name)}
Connection:  {_shown(log.connection)}
IP address:  {_shown(log.ip)}
Log id:      {log_id}

Where to look next
- Auth0 Dashboard > Monitoring > Logs: search for log_id:"{quotable}"
- AWS CloudWatch > Logs Insights, on the event log group, which has the whole event: filter detail.log_id = "{quotable}"
"""


def _code_of(log: Auth0Log) -> str:
    """The log's type; of one that the catalogue does not have, what is plain in it."""
    if log.type in LOG_TYPES:
        return log.type
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", log.type)[:_LONGEST_CODE]


def _shown(field: str) -> str:
    return printable(field, LONGEST_FIELD) or _NOT_GIVEN
