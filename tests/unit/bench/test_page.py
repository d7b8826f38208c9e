from pathlib import Path

import pytest

from bench.__main__ import TOPICS
from bench.page import PAGE, Table, write

TABLE = Table("Ways", ("way", "ratio"), (("ours", "1.00"), ("theirs", "2.00")), ("It was seen.",))


def test_a_topics_text_replaces_the_last_and_leaves_the_rest(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "before\n<!-- bench: a -->\nold\n<!-- end -->\nbetween\n<!-- bench: b -->\nkept\n<!-- end -->\nafter\n"
    )
    for _ in range(2):
        write("a", TABLE.markdown(), page)
    assert page.read_text() == (
        "before\n<!-- bench: a -->\n\n**Ways**\n\n| way | ratio |\n| --- | ---: |\n| ours | 1.00 |\n"
        "| theirs | 2.00 |\n\n"
        "It was seen.\n<!-- end -->\nbetween\n<!-- bench: b -->\nkept\n<!-- end -->\nafter\n"
    )


def test_a_page_without_a_place_for_a_topic_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing\n")
    with pytest.raises(ValueError, match="bench: a"):
        write("a", "text", page)


def test_every_topic_has_its_place() -> None:
    assert [topic for topic in TOPICS if f"<!-- bench: {topic} -->" not in PAGE.read_text()] == []
