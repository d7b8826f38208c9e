"""Does what an attacker writes stay data in the messages that people get?"""

from pathlib import Path

import pytest

from lambda_src.alert.core import LONGEST_SUBJECT, alert_of
from lambda_src.auth0_events.envelope import parse_event
from tests.hostile.injection import FIELDS, PAYLOADS, detail_of, hostile_details, payload, with_field

LABELS = ["When", "Tenant", "Application", "Connection", "IP address", "Log id"]
# By Auth0 from a login form or a profile: in no message.
NOT_REPEATED = {"user_agent", "user_name", "user_id", "description", "details", "new_field", "strategy", "hostname"}


def assert_readable(subject: str, message: str) -> None:
    assert subject.isascii()
    assert subject.isprintable()
    assert subject.startswith("Auth0 ")
    assert len(subject) <= LONGEST_SUBJECT
    lines = message.split("\n")
    assert all(line.isprintable() for line in lines)
    assert [line.split(":")[0] for line in lines[2:8]] == LABELS
    assert [line[:12] for line in lines[9:12]] == ["Where to loo", "- Auth0 Dash", "- AWS CloudW"]
    assert (len(lines), lines[1], lines[8], lines[12:]) == (13, "", "", [""])
    assert [line.count('"') for line in lines[10:12]] == [2, 2]
    assert len(message.encode()) < 16_384


@pytest.mark.parametrize("name", PAYLOADS)
def test_every_message_has_its_own_lines_alone(name: str, canary: Path) -> None:
    for detail in hostile_details(payload(name, canary), "limit_wc"):
        alert = alert_of(parse_event({"detail": detail}))
        assert_readable(alert.subject, alert.message)


@pytest.mark.parametrize("name", PAYLOADS)
def test_what_comes_from_a_form_or_a_profile_is_not_repeated(name: str, canary: Path) -> None:
    plain = detail_of("1", "limit_wc")
    paths = [path for path in FIELDS if not NOT_REPEATED.isdisjoint(path)]
    assert len(paths) > len(NOT_REPEATED)
    for path in paths:
        changed = with_field(plain, path, payload(name, canary))
        assert alert_of(parse_event({"detail": changed})) == alert_of(parse_event({"detail": plain})), path
