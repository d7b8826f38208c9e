"""Can text from outside be shown without harm?"""

import unicodedata

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
