"""Does docs/commands.md say what there is?"""

import re
from pathlib import Path

from ops.__main__ import commands

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "commands.md").read_text(encoding="utf-8")
ABOUT_ALL = {"Permissions"}


def test_every_command_has_a_section_and_a_line_of_the_table_and_its_permissions() -> None:
    assert set(re.findall(r"^## (\w+)$", PAGE, flags=re.MULTILINE)) - ABOUT_ALL == set(commands.commands)
    assert set(re.findall(r"^\| \[`(\w+)`\]\(#\1\) \|", PAGE, flags=re.MULTILINE)) == set(commands.commands)
    assert set(re.findall(r"^\| `(\w+)` \| `\w+:", PAGE, flags=re.MULTILINE)) == set(commands.commands)


def test_every_option_that_the_page_names_is_one() -> None:
    options = {name for command in commands.commands.values() for each in command.params for name in each.opts}
    named = {name for text in re.findall(r"`(--[a-z-]+)", PAGE) for name in [text]}
    named |= set(re.findall(r"python -m ops [^`\n]*?(--[a-z-]+)", PAGE))
    of_others = {"--revert-drift"}
    assert len(named) > 20
    assert named - options - of_others == set()
