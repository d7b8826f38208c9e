"""Do the pages show what a wrong setting is told?"""

import re
from pathlib import Path
from typing import Any

import pytest

from stacks.checks import InvalidSettings
from stacks.context import read_settings

CHECKOUT = Path(__file__).resolve().parents[3]
SHOWN: list[dict[str, Any]] = [
    {"archive_days": "4000"},
    {"environment": "production"},
    {"environments": {"production": {"acount": "222222222222"}}},
]


def said(context: dict[str, Any]) -> str:
    with pytest.raises(InvalidSettings) as error:
        read_settings(context)
    return str(error.value)


def test_each_message_on_a_page_is_one_that_is_said() -> None:
    pages = [CHECKOUT / "README.md", *(CHECKOUT / "docs").glob("*.md")]
    shown = [
        line
        for page in pages
        for line in re.findall(r"^settings: (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert sorted(shown) == sorted(said(context) for context in SHOWN)
