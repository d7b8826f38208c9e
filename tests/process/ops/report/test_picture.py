"""Does the picture in docs/ show the page as it is?"""

import struct

from tests.process.ops.report.picture import HEAD, PICTURE, mark


def test_the_picture_is_of_todays_page() -> None:
    assert PICTURE.read_bytes()[HEAD:].startswith(mark()), "make it anew: python -m tests.process.ops.report.picture"


def test_the_picture_is_small_enough_for_a_readme() -> None:
    picture = PICTURE.read_bytes()
    assert struct.unpack(">I", picture[16:20]) == (1_280,)
    assert len(picture) < 400_000
