"""Can text from outside be shown without harm?"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_src.printable import printable


@given(st.text(), st.integers(1, 300))
def test_the_result_is_one_short_line_of_visible_characters(text: str, limit: int) -> None:
    line = printable(text, limit)
    assert len(line) <= limit
    assert line.isprintable()
    assert line == line.strip()
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(st.characters(codec="ascii", min_codepoint=33, max_codepoint=126), max_size=50))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert printable(text, 50) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Jürgen 日本 😀", "Jürgen 日本 😀"),
        ("first\r\nsecond\u2028third", "first second third"),
        ("\x1b[31mred\x07", "[31mred"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        ("\u2066a\u2069 \u200bb\u200d \ufeffc", "a b c"),
        ("pay\u3164\ufe0f\u034fpal", "pay pal"),
        ("\U000e0041\U000e0100tag", "tag"),
        ("\ud800lone", "lone"),
        ("\0" * 10, ""),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_becomes_a_space(text: str, line: str) -> None:
    assert printable(text, 50) == line


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    assert printable("x" * 10, 10) == "x" * 10
    assert printable("x" * 11, 10) == "x" * 9 + "…"
    assert printable("\0" * 1_000_000 + "x", 10) == "…"
