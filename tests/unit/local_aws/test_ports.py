import sys

import pytest

from demo.command import main as demo
from local_aws.__main__ import main as local_aws
from local_aws.control import LocalAwsError, port_of

NONE = ("0", "-1", "65536", "99999", "abc", "4566x", "")
WHY = "a port is a whole number from 1 to 65535"


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_port_is_refused_with_the_value(text: str) -> None:
    with pytest.raises(LocalAwsError, match=f"^port '{text}': {WHY}$"):
        port_of(text)


@pytest.mark.parametrize("port", [1, 4566, 65535])
def test_every_port_is_taken(port: int) -> None:
    assert port_of(str(port)) == port


@pytest.mark.parametrize("command", ["up", "down"])
def test_up_and_down_say_it_in_one_line(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr(sys, "argv", ["local_aws", command, "--port", "0"])
    with pytest.raises(SystemExit, match=f"^port '0': {WHY}$"):
        local_aws()


def test_a_deployment_says_it_in_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["demo", "deploy", "--port", "-1"])
    assert demo() == 1
    assert capsys.readouterr().out == f"✗ port '-1': {WHY}\n"
