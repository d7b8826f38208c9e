"""Is every log type as grave as its name says?"""

import re

import pytest

from lambda_src.auth0_events.attack_protection import ATTACK_PROTECTION
from lambda_src.auth0_events.log_types import LOG_TYPES
from ops.severity import SEVERITIES, Severity, severity

# What a name says by itself. A category would do as well, but feta's says the opposite of what it is.
SAID = {
    Severity.FAILURE: re.compile(r"fail|error|rejected", re.IGNORECASE),
    Severity.WARNING: re.compile(r"warning|deprecation|offline", re.IGNORECASE),
    Severity.SUCCESS: re.compile(r"success|confirmed", re.IGNORECASE),
}


@pytest.mark.parametrize("said", SAID)
def test_a_type_is_as_grave_as_its_name_says(said: Severity) -> None:
    named = {code for code, each in LOG_TYPES.items() if SAID[said].search(each.name)} - {*ATTACK_PROTECTION}
    assert len(named) > 3
    assert {code: severity(code) for code in named} == dict.fromkeys(named, said)


def test_each_type_has_a_severity_of_which_attacks_are_those_that_the_alert_tells_of() -> None:
    assert SEVERITIES.keys() == LOG_TYPES.keys()
    assert {code for code, each in SEVERITIES.items() if each is Severity.ATTACK} == {*ATTACK_PROTECTION}
    assert Severity.NEW not in SEVERITIES.values()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("s", Severity.SUCCESS),
        ("fp", Severity.FAILURE),
        ("feta", Severity.FAILURE),
        ("fdecc", Severity.FAILURE),
        ("w", Severity.WARNING),
        ("api_limit", Severity.WARNING),
        ("limit_wc", Severity.ATTACK),
        ("signup_pwd_leak", Severity.ATTACK),
        ("mfar", Severity.INFORMATION),
        ("ublkdu", Severity.INFORMATION),
        ("gd_send_sms", Severity.INFORMATION),
        ("of_tomorrow", Severity.NEW),
        ("", Severity.NEW),
    ],
)
def test_a_few_are_as_an_operator_would_say(code: str, expected: Severity) -> None:
    assert severity(code) is expected
