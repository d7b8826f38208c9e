"""Does docs/commands.md say what there is?"""

import re
from pathlib import Path

import click

from ops.__main__ import SUMMARIES, commands

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "commands.md").read_text(encoding="utf-8")
ABOUT_ALL = {"Permissions"}


def test_every_command_has_a_section_and_a_line_of_the_table_and_its_permissions() -> None:
    assert set(re.findall(r"^## (\w+)$", PAGE, flags=re.MULTILINE)) - ABOUT_ALL == set(SUMMARIES)
    assert set(re.findall(r"^\| \[`(\w+)`\]\(#\1\) \|", PAGE, flags=re.MULTILINE)) == set(SUMMARIES)
    assert set(re.findall(r"^\| `(\w+)` \| `\w+:", PAGE, flags=re.MULTILINE)) == set(SUMMARIES)


def options() -> set[str]:
    found = [commands.get_command(click.Context(commands), name) for name in SUMMARIES]
    return {
        name
        for command in found
        if command
        for option in command.params
        for name in (*option.opts, *option.secondary_opts)
    }


def named(page: str) -> set[str]:
    shown = re.findall(r"`(--[a-z-]+)|python -m ops [^`\n]*?(--[a-z-]+)", page)
    return {name for names in shown for name in names if name} - {"--revert-drift"}  # the CDK CLI's


def test_every_option_that_the_page_names_is_one() -> None:
    assert len(named(PAGE)) > 20
    assert named(PAGE) <= options()


def test_an_option_that_is_none_would_be_found() -> None:
    assert not named(PAGE + "`--everything`") <= options()
