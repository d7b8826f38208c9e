"""What does the terminal show of a status?"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from io import TextIOWrapper

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lambda_src.printable import printable
from ops.status.report import Finding, Mark, Report, Row

WIDEST = 100
LONGEST = 600  # characters of one text: all of AWS's own are shorter
LONGEST_COMMAND = 30_000  # with the names of a hundred alarms
WORD = re.compile(r"""(?:[^\s'"]|'[^']*'|"[^"]*")+""")  # of a shell's, as shlex quotes it
LONGEST_NAME = 60  # before what is said of it
# as an event goes, and then what watches it
PARTS = (
    *("source", "buses", "archives", "rules", "dead letters", "inboxes", "places", "functions", "readers", "sender"),
    *("alarms", "told", "stacks", "this checkout"),
)
COUNTED = ("dead letters", "places", "alarms")  # too many to list where they are well
SIGNS = {Mark.WELL: "✓", Mark.NOTE: "!", Mark.NEEDS_YOU: "✗", Mark.NOT_SEEN: "?"}
PLAIN_SIGNS = {Mark.WELL: "ok", Mark.NOTE: "!", Mark.NEEDS_YOU: "!!", Mark.NOT_SEEN: "?"}
STYLES = {Mark.WELL: "green", Mark.NOTE: "yellow", Mark.NEEDS_YOU: "red", Mark.NOT_SEEN: "red"}


class Screen(Console):
    def on_broken_pipe(self) -> None:
        """Who reads has seen enough (`| head -1`): nothing more is shown, and the exit code is the status's."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def console() -> Console:
    """As wide as the terminal or COLUMNS says, up to WIDEST; what it shows is data, never markup."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a character that the terminal lacks is no reason to show nothing
    made = Screen(highlight=False, markup=False, emoji=False)
    is_wide = made.is_terminal or os.environ.get("COLUMNS", "").isdigit()
    made.width = min(made.width, WIDEST) if is_wide else WIDEST
    return made


def show(screen: Console, report: Report) -> None:
    screen.print(Text(report.verdict, style="bold green" if report.is_healthy else "bold red"))
    shown: dict[tuple[str, ...], int] = {}
    for number, finding in enumerate(report.findings, start=1):
        screen.print()
        show_finding(screen, number, finding, same_as=shown.get(finding.commands))
        shown.setdefault(finding.commands, number)
    screen.print()
    screen.print(table(report.rows, SIGNS if screen.encoding.startswith("utf") else PLAIN_SIGNS))


def show_finding(screen: Console, number: int, finding: Finding, *, same_as: int | None) -> None:
    """`same_as`: the finding whose commands put this one right too."""
    screen.print(Text(f"{number}. {clean(finding.what)}", style="bold"))
    if finding.do:
        screen.print(Padding(Text(clean(finding.do)), (0, 0, 0, 3)))
    if same_as and finding.commands:
        screen.print(Text(f"     as in {same_as}", style="cyan"))
        return
    for command in finding.commands:  # a line that is broken by us could not be pasted
        for line in broken(printable(command, LONGEST_COMMAND), screen.width - 5):
            screen.print(Text(f"     {line}", style="cyan"), soft_wrap=True)


def clean(text: str) -> str:
    return printable(text, LONGEST)


def broken(command: str, width: int) -> Iterator[str]:
    """As the shell takes it: with a backslash at the end of the line, before an option or one of its many values."""
    line = ""
    for option in parts(command, width):
        if line.strip() and len(line) + len(option) + len(" \\") >= width:
            yield f"{line} \\"
            line = "   "
        line = f"{line} {option}" if line else option
    yield line


def parts(command: str, width: int) -> Iterator[str]:
    for option in options(command):
        yield from WORD.findall(option) if len(option) > width else (option,)


def options(command: str) -> Iterator[str]:
    """What comes before the first one, then each with its value."""
    words: list[str] = []
    for word in WORD.findall(command):
        if word.startswith("-") and words:
            yield " ".join(words)
            words = []
        words.append(word)
    yield " ".join(words)


def table(rows: Sequence[Row], signs: dict[Mark, str]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold", ratio=1)
    for part in PARTS:
        heading = part
        for mark, line in lines([row for row in rows if row.part == part]):
            grid.add_row(heading, Text(signs[mark], style=STYLES[mark]), Text(clean(line)))
            heading = ""
    return grid


def lines(rows: Sequence[Row]) -> Iterator[tuple[Mark, str]]:
    """Of one part; what is in the same state shares a line, or a number."""
    counted = Counter(row.says for row in rows if is_counted(row))
    if counted:
        yield Mark.WELL, ", ".join(f"{count} {says}" for says, count in counted.most_common())
    alike: dict[tuple[Mark, str], list[str]] = {}
    for row in rows:
        if not is_counted(row):
            alike.setdefault((row.mark, row.says), []).append(row.name)
    for (mark, says), names in alike.items():
        name = ", ".join(names)
        is_long = len(names) == 1 and len(name) > LONGEST_NAME
        yield mark, f"{says}: {name}" if is_long else f"{name}: {says}"


def is_counted(row: Row) -> bool:
    return row.part in COUNTED and row.mark is Mark.WELL
