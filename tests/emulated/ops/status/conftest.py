"""An account in the process, what is found in it, and the command on it."""

import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from ops.__main__ import main
from ops.aws import Aws
from ops.commands import Commands
from ops.status.asking import Asking
from ops.status.command import EventSource
from ops.status.look import look
from ops.status.report import Report
from ops.status.sources import Wanted
from tests.emulated.ops.status.account import NOW, Account
from tests.emulated.ops.world import session

Shell = Callable[..., tuple[int, str, str]]
Status = Callable[..., Any]


@cache
def aws() -> Aws:
    """One for all tests: its clients take their time."""
    return Aws(session())


@pytest.fixture
def account(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Account:
    made = Account()
    made.install(monkeypatch)
    return made


@pytest.fixture
def report(account: Account) -> Callable[..., Report]:
    def run(event_source: str | None = None, commands: Commands | None = None) -> Report:
        wanted = EventSource().convert(event_source, None, None) if event_source else Wanted()
        with Asking(lambda _: None) as asking:
            return look(aws(), commands or Commands(), wanted, asking, NOW)

    return run


@pytest.fixture
def status(report: Callable[..., Report]) -> Status:
    """What `--json` says; with the name or ARN of `--event-source`."""
    return lambda event_source=None: report(event_source).as_json()


@pytest.fixture
def shell(account: Account, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The exit code, what it says, and what it says on the error output."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ops", "status", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run
