import sys
from types import SimpleNamespace
from typing import Any

import pytest

import demo.__main__
from demo import command


def interrupt(*_: object, **__: object) -> Any:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("given", "keep"),
    [(None, False), ("", False), ("0", False), ("no", False), ("1", True), ("y", True), ("yes", True), ("true", True)],
)
def test_keep_is_a_yes_as_the_makefile_takes_it(
    monkeypatch: pytest.MonkeyPatch, *, given: str | None, keep: bool
) -> None:
    told: list[bool] = []

    def tell(*_: object, each: int, keep: bool) -> int:
        told.append(keep)
        return 0

    monkeypatch.setattr(command, "tell", tell)
    monkeypatch.setattr(sys, "argv", ["demo", "run"])
    monkeypatch.delenv("KEEP", raising=False)
    if given is not None:
        monkeypatch.setenv("KEEP", given)
    assert command.main() == 0
    assert told == [keep]


@pytest.mark.parametrize(
    ("arguments", "remains"),
    [
        (["run"], "nothing is left running"),
        (["deploy", "--port", "4584"], "the local AWS stays up on port 4584; `make down PORT=4584` stops it"),
    ],
)
def test_an_interruption_says_what_still_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], remains: str
) -> None:
    for work in ("tell", "deploy"):
        monkeypatch.setattr(command, work, interrupt)
    monkeypatch.setattr(sys, "argv", ["demo", *arguments])
    assert command.main() == 130
    assert capsys.readouterr().out == f"\ninterrupted; {remains}\n"


def test_an_interruption_of_the_imports_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(
        sys.modules, "demo.command", type("Imported", (SimpleNamespace,), {"main": property(interrupt)})()
    )
    assert demo.__main__.main() == 130
    assert capsys.readouterr().err == "\ninterrupted; nothing is left running\n"
