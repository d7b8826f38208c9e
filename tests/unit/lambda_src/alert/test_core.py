"""Does an alert say what a person needs, and nothing that an attacker wrote?"""

import re

import pytest

from lambda_src.alert.core import LONGEST_SUBJECT, alert_of
from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.auth0_events.log_types import LOG_TYPES

BLOCKED = Auth0Log(
    log_id="90020261123120000",
    type="limit_wc",
    data={
        "type": "limit_wc",
        "date": "2026-11-23T12:00:00.123Z",
        "description": "somebody wrote this",
        "tenant_name": "example",
        "client_name": "Shop",
        "connection": "Username-Password-Authentication",
        "ip": "203.0.113.7",
        "user_name": "somebody@example.com",
        "user_agent": "Mozilla",
    },
)
FIELDS = ("date", "tenant_name", "client_name", "connection", "ip")


def test_an_alert_says_what_happened_when_where_and_where_to_look_next() -> None:
    alert = alert_of(BLOCKED)
    assert (alert.log_id, alert.log_type) == ("90020261123120000", "limit_wc")
    assert alert.subject == "Auth0 limit_wc: Blocked Account"
    assert alert.message.splitlines()[:9] == [
        "Auth0 reports: Blocked Account (limit_wc)",
        "",
        "When:        2026-11-23T12:00:00.123Z",
        "Tenant:      example",
        "Application: Shop",
        "Connection:  Username-Password-Authentication",
        "IP address:  203.0.113.7",
        "Log id:      90020261123120000",
        "",
    ]
    assert 'log_id:"90020261123120000"' in alert.message
    assert 'detail.log_id = "90020261123120000"' in alert.message


@pytest.mark.parametrize("field", ["description", "user_name", "user_agent"])
def test_what_an_attacker_writes_freely_is_not_repeated(field: str) -> None:
    assert BLOCKED.data[field] not in alert_of(BLOCKED).message


def test_a_field_that_is_absent_is_said_to_be_so() -> None:
    message = alert_of(
        Auth0Log(log_id="1", type="pwd_leak", data={"type": "pwd_leak", "ip": 7, "tenant_name": None})
    ).message
    assert message.count("not given") == len(FIELDS)


@pytest.mark.parametrize("code", sorted(LOG_TYPES))
def test_every_known_type_has_a_subject_with_its_code_and_name(code: str) -> None:
    alert = alert_of(Auth0Log(log_id="1", type=code, data={}))
    assert alert.subject == f"Auth0 {code}: {LOG_TYPES[code].name}"[:LONGEST_SUBJECT]
    assert alert.log_type == code


def test_no_log_id_ends_the_quotes_of_a_query_that_people_copy() -> None:
    log_id = '1" or 1=1 | filter "\\'
    lines = alert_of(Auth0Log(log_id=log_id, type="limit_wc", data={})).message.splitlines()
    assert f"Log id:      {log_id}" in lines
    assert [line.count('"') for line in lines if line.startswith("- ")] == [2, 2]
    assert not [line for line in lines if line.startswith("- ") and "\\" in line]


def test_a_hostile_event_makes_no_line_of_its_own_and_no_large_message() -> None:
    hostile = '"}]$(x)\r\nTenant: other\u202e\u200b' + "😀" * 200_000
    alert = alert_of(Auth0Log(log_id=hostile, type=hostile, data=dict.fromkeys(FIELDS, hostile)))
    assert len(alert.message.encode()) < 16_384
    assert len(re.findall("^Tenant:", alert.message, re.MULTILINE)) == 1
    assert re.fullmatch("Auth0 _x_[A-Za-z_]+: unknown log type", alert.subject)
