"""Does an alert say what a person needs, and nothing that an attacker wrote?"""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_src.alert.core import LONGEST_SUBJECT, alert_of
from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.auth0_events.log_types import LOG_TYPES
from tests.unit.lambda_src.alert.test_core import BLOCKED, FIELDS


@settings(deadline=None)
@given(
    log_id=st.text(min_size=1),
    code=st.text(min_size=1) | st.sampled_from(sorted(LOG_TYPES)),
    data=st.dictionaries(st.sampled_from(FIELDS), st.text() | st.none() | st.integers()),
)
def test_sns_accepts_the_alert_of_every_log(log_id: str, code: str, data: dict[str, object]) -> None:
    alert = alert_of(Auth0Log(log_id=log_id, type=code, data=data))
    assert re.fullmatch(rf"[A-Za-z0-9][ -~]{{0,{LONGEST_SUBJECT - 1}}}", alert.subject)
    assert re.fullmatch(r"[A-Za-z0-9_.-]{1,60}", alert.log_type)
    assert all(line.isprintable() for line in alert.message.split("\n"))
    assert alert.message.count("\n") == alert_of(BLOCKED).message.count("\n")
