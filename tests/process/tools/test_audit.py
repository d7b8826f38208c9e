import sys

import pytest

from tools import audit


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_an_audit_without_findings_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.is_clean("packages", python("pass"))
    assert capsys.readouterr().out == "audit: packages: no known vulnerability\n"


def test_findings_are_shown_and_fail(capsys: pytest.CaptureFixture[str]) -> None:
    assert not audit.is_clean("packages", python("print('one 1.0 CVE'); raise SystemExit(1)"))
    assert capsys.readouterr().out == "audit: packages: there are findings\none 1.0 CVE\n"


def test_an_audit_that_could_not_ask_fails_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert not audit.is_clean("packages", python("raise OSError('no route')"))
    assert capsys.readouterr().out == (
        "audit: packages: could not be checked; is the network there? OSError: no route\n"
    )
