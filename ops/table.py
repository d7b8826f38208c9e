"""How wide is a table, on a terminal and in a pipe?"""

import io
import os

from rich.console import Console
from rich.measure import Measurement
from rich.table import Column, Table

UNLIMITED = 1_000  # characters


def show_table(console: Console, table: Table) -> None:
    """As wide as the terminal or COLUMNS say, but never so narrow that words break; in a pipe, as wide as it wants.

    Lines end with what they say: blanks behind it would be in the way of whoever reads a pipe.
    """
    is_bounded = console.is_terminal or "COLUMNS" in os.environ
    for column in table.columns:
        column.min_width = longest_word(console, column)
    text = io.StringIO()
    alike = Console(
        file=text,
        width=console.width if is_bounded else UNLIMITED,
        force_terminal=console.is_terminal,
        color_system="auto" if console.color_system else None,  # its own, where it has any
        highlight=False,
    )
    alike.print(table, crop=False)
    for line in text.getvalue().splitlines():
        console.file.write(line.rstrip() + "\n")


def longest_word(console: Console, column: Column) -> int:
    unlimited = console.options.update(width=UNLIMITED)
    found = [Measurement.get(console, unlimited, cell) for cell in (column.header, *column.cells)]
    return max(each.maximum if column.no_wrap else each.minimum for each in found)
