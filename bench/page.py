"""Where does a table go?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table as Screen

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


@dataclass(frozen=True)
class Table:
    """`notes`: whole sentences under it; what was measured, in which unit, and whether its control was seen."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()

    def markdown(self) -> str:
        lines = [f"**{self.title}**", "", "| " + " | ".join(self.columns) + " |"]
        lines.append("| --- |" + " ---: |" * (len(self.columns) - 1))
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join([*lines, "", *self.notes, ""])

    def show(self, console: Console) -> None:
        screen = Screen(title=self.title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
        for number, column in enumerate(self.columns):
            screen.add_column(column, justify="right" if number else "left")
        for row in self.rows:
            screen.add_row(*row)
        console.print(screen)
        for note in self.notes:
            console.print(note, highlight=False)
        console.print()


def write(topic: str, text: str, page: Path = PAGE) -> None:
    """Replaces what stands between a topic's two marks.

    Raises ValueError where the page has no such marks.
    """
    marks = re.compile(rf"(<!-- bench: {re.escape(topic)} -->\n).*?(<!-- end -->)", re.DOTALL)
    was = page.read_text(encoding="utf-8")
    if not marks.search(was):
        raise ValueError(f"{page.name} has no `<!-- bench: {topic} -->` … `<!-- end -->` to write to")
    page.write_text(marks.sub(lambda match: match[1] + "\n" + text + match[2], was), encoding="utf-8")
