"""An environment with an archive in the process, and the shell before it."""

import sys
from collections.abc import Callable, Iterator

import pytest
from moto import mock_aws

from ops.__main__ import main
from tests.emulated.ops.replay.account import Account

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def account(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    with mock_aws():
        yield Account(monkeypatch)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def ops(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ops", "replay", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return ops
