"""Can text from outside be shown without harm?"""

import pytest

from lambda_src.printable import printable


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
