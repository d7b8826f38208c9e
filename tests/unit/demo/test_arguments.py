import sys

import pytest

from demo.__main__ import MOST_EACH, parse


@pytest.mark.parametrize("each", ["0", "-1", "many", str(MOST_EACH + 1)])
def test_a_number_of_logs_that_the_demo_cannot_account_for_is_refused_with_the_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], each: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["demo", "run", "--each", each])
    with pytest.raises(SystemExit):
        parse()
    assert each in capsys.readouterr().err.splitlines()[-1]


def test_as_many_as_the_local_aws_can_show_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["demo", "run", "--each", str(MOST_EACH)])
    assert parse().each == MOST_EACH
