"""Can a table be read, however narrow the terminal, and by a program?"""

import io

import pytest
from rich.console import Console
from rich.table import Table

from ops.table import show_table


def shown(*, width: int = 80, terminal: bool = False) -> list[str]:
    table = Table("duplicated", "readable after", box=None)
    table.add_row("AttackProtection", "a sentence " * 12)
    table.add_row("x", "")
    text = io.StringIO()
    show_table(Console(file=text, width=width, force_terminal=terminal, color_system=None), table)
    return text.getvalue().splitlines()


def test_in_a_pipe_it_is_as_wide_as_it_wants_and_has_no_blanks_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    _, row, short = shown()
    assert row.endswith("a sentence")
    assert short.split() == ["x"]
    assert [line for line in shown() if line != line.rstrip()] == []


def test_on_a_terminal_it_is_as_wide_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert 40 < max(map(len, shown(width=60, terminal=True))) <= 60


def test_no_terminal_is_too_narrow_for_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "10")
    text = " ".join(shown(width=10))
    for word in ("duplicated", "readable", "AttackProtection", "sentence"):
        assert word in text
