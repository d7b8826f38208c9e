"""How does text from outside become safe to show?"""

import re

# Characters without width that `str.isprintable` lets through: Default_Ignorable_Code_Point in
# https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_LOOKED_AT = 8  # times the limit: text of a megabyte costs no more time than it is worth


def printable(text: str, limit: int) -> str:
    """`text` on one line of at most `limit` characters, with an ellipsis at its end where something was cut.

    A run of spaces, line breaks, control, bidirectional and zero-width characters becomes one space: none of them can
    start a line of its own, turn text around or hide in it.
    """
    head = text[: _LOOKED_AT * limit]
    visible = _INVISIBLE.sub(" ", head)
    if not visible.isprintable():  # most text is, and one look at the whole takes a hundredth of a look at each
        visible = "".join(character if character.isprintable() else " " for character in visible)
    line = " ".join(visible.split())
    return line if len(line) <= limit and head == text else f"{line[: limit - 1]}…"
