"""What does a line show, and what can an event do to the terminal? Nothing."""

import io
import json
from typing import Any

import pytest
from rich.console import Console

from lambda_src.auth0_events.envelope import PARTNER_SOURCE_PREFIX
from ops.event_log import Seen
from ops.severity import Severity
from ops.tail.line import STYLES, as_json, line
from tests.unit.ops.tail.seen import seen

LOG: dict[str, Any] = {
    "date": "2026-11-24T11:59:48.123Z",
    "log_id": "90020261124",
    "type": "fp",
    "connection": "Username-Password-Authentication",
    "client_name": "Support Desk",
    "client_id": "aB1",
    "user_name": "somebody@example.com",
    "ip": "203.0.113.7",
    "user_agent": "Mozilla/5.0",
    "description": "Wrong email or password.",
}
PERSONAL = ("somebody@example.com", "203.0.113.7", "Mozilla", "Wrong email")


def shown(found: Seen, *, personal: bool = False, colour: bool = False, width: int = 300) -> str:
    output = io.StringIO()
    console = Console(
        file=output, force_terminal=colour, color_system="standard" if colour else None, width=width, highlight=False
    )
    console.print(line(found, personal=personal), soft_wrap=True)
    return output.getvalue()


def test_a_line_says_what_happened_and_nothing_of_whom() -> None:
    assert shown(seen(**LOG)) == (
        "2026-11-24 11:59:48  fp        Failed Login (Incorrect Password)  auth.login.fail"
        "  connection=Username-Password-Authentication  client=Support Desk  log_id=90020261124\n"
    )


def test_user_and_address_are_shown_where_they_are_asked_for() -> None:
    assert "  user=somebody@example.com  ip=203.0.113.7  log_id=" in shown(seen(**LOG), personal=True)


def test_what_a_log_lacks_is_left_out() -> None:
    assert shown(seen(type="coff", log_id="1")) == (
        "2026-11-24 12:00:00  coff      Connector Offline  system.notification  log_id=1\n"
    )


def test_an_unknown_type_is_new() -> None:
    assert "  of_tomorrow  new  log_id=1\n" in shown(seen(type="of_tomorrow", log_id="1"))


def test_an_event_that_a_replay_brought_says_so() -> None:
    assert "  replay=dev-AttackProtection  log_id=" in shown(seen(replay="dev-AttackProtection"))
    assert json.loads(as_json(seen(replay="r"), personal=False, whole=False))["replay"] == "r"


@pytest.mark.parametrize(
    "date", ["", "yesterday", "0001-01-01T00:00:00+23:59", "2026-11-24T12:00:00", "2026-11-24T13:00:00+01:00", None, 5]
)
def test_a_date_that_is_none_is_the_time_of_the_line(date: Any) -> None:
    assert shown(seen(date=date)).startswith("2026-11-24 12:00:00  ")


@pytest.mark.parametrize("field", ["type", "connection", "client_name", "user_name", "ip", "log_id"])
@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J\x1b]0;title\x07",
        "a\nb\r\nc",
        "\u202eabc",
        "\u200b\ufeff",
        "[bold red]x[/]",
        "[/]",
        "\ud800",
        "\x00\x9b",
    ],
)
def test_what_an_attacker_writes_is_one_line_of_printable_text(field: str, hostile: str) -> None:
    found = seen(**LOG | {field: f"<{hostile}>"})
    text = shown(found, personal=True, colour=True)
    assert text.count("\n") == 1
    assert "\x1b[2J" not in text
    assert all(each.isprintable() for each in shown(found, personal=True).removesuffix("\n"))
    if hostile.startswith("["):
        assert f"<{hostile}>" in shown(found, personal=True)
    written = as_json(found, personal=True, whole=True)
    assert written.isascii()
    assert written.isprintable()


def test_a_field_cannot_pretend_to_be_two() -> None:
    assert "  ip=" not in shown(seen(**LOG | {"client_name": "x  ip=198.51.100.1"}))


def test_a_long_field_is_cut() -> None:
    assert len(shown(seen(**LOG | {"client_name": "x" * 1_000_000}))) < 400


def test_a_narrow_terminal_breaks_no_log_id() -> None:
    assert "log_id=90020261124\n" in shown(seen(**LOG), width=20)


@pytest.mark.parametrize(
    ("code", "severity"), [("limit_wc", Severity.ATTACK), ("fp", Severity.FAILURE), ("s", Severity.SUCCESS)]
)
def test_a_line_has_the_colour_of_its_severity(code: str, severity: Severity) -> None:
    colours = {Severity.ATTACK: "35", Severity.FAILURE: "31", Severity.SUCCESS: "32"}
    assert f";{colours[severity]}m" in shown(seen(type=code), colour=True)
    assert STYLES.keys() == set(Severity)


def test_json_is_one_object_without_personal_data() -> None:
    written = as_json(seen(**LOG, source=f"{PARTNER_SOURCE_PREFIX}t/auth0.logs"), personal=False, whole=False)
    assert json.loads(written) == {
        "time": "2026-11-24T11:59:48.123Z",
        "log_id": "90020261124",
        "type": "fp",
        "name": "Failed Login (Incorrect Password)",
        "category": "auth.login.fail",
        "severity": "failure",
        "connection": "Username-Password-Authentication",
        "client_name": "Support Desk",
        "client_id": "aB1",
        "bus": "partner",
        "source": f"{PARTNER_SOURCE_PREFIX}t/auth0.logs",
        "replay": "",
    }
    assert not any(each in written + shown(seen(**LOG)) for each in PERSONAL)


def test_json_has_personal_data_and_the_whole_event_where_they_are_asked_for() -> None:
    told = json.loads(as_json(seen(**LOG), personal=True, whole=True))
    assert (told["user_name"], told["ip"]) == ("somebody@example.com", "203.0.113.7")
    assert told["event"]["detail"]["data"] == LOG
