import sys

import pytest

from demo.command import parse


@pytest.mark.parametrize("each", ["0", "-1", "many"])
def test_what_is_no_number_of_logs_is_refused_with_the_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], each: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["demo", "run", "--each", each])
    with pytest.raises(SystemExit):
        parse()
    assert each in capsys.readouterr().err.splitlines()[-1]


def test_any_number_of_logs_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["demo", "run", "--each", "100"])
    assert parse().each == 100
