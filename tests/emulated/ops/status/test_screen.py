"""Is a status readable on any terminal, and can its commands be pasted?"""

import re
import subprocess
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.console import Console

from ops.commands import Commands
from ops.status.report import Finding, Mark, Report, Row
from ops.status.screen import broken, show
from tests.emulated.ops.status.account import SOURCE, Account
from tests.emulated.ops.status.conftest import Shell

HOSTILE = "[red]a[/red] [link=https://example.com]b[/link] \x1b[2J\r\nhealthy\u202e :smile:"
LONG_SOURCE = "aws.partner/auth0.com/example-tenant-0b1c2d3e-4f56-7890-abcd-ef1234567890/auth0.logs"


def shown(report: Report, width: int = 100) -> str:
    screen = Console(highlight=False, markup=False, emoji=False, width=width)
    with screen.capture() as captured:
        show(screen, report)
    return captured.get()


def test_a_whole_report_fits_100_columns(account: Account, shell: Shell) -> None:
    account.letters = {"AlertRouteUndelivered": (1, 1)}
    account.function["State"], account.reader = "Failed", None
    account.rules, account.targets = {("default", "Auth0Events-dev-Targets-TaskSweep"): "DISABLED"}, []
    _, out, _ = shell()
    assert max(cell_len(line) for line in out.splitlines()) <= 100
    assert len(out.splitlines()) > 40


def words_of(command: str) -> list[str]:
    """As a shell takes it, which executes nothing of it."""
    done = subprocess.run(
        ["sh", "-c", f"set -- {command}\nprintf '%s\\n' \"$@\""], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize("width", [20, 60, 100, 200])
@pytest.mark.parametrize(
    "command",
    [
        *Commands(port=4603, profile="p").recreate(LONG_SOURCE),
        *Commands(profile="a b").recreate(LONG_SOURCE),
        Commands(port=4603).aws("cloudwatch", "enable-alarm-actions", "--alarm-names", *(f"a{n} '" for n in range(60))),
        Commands(profile="a b", region="eu-west-1").aws("events", "enable-rule", "--event-bus-name", LONG_SOURCE),
        Commands(environment="x'; -c y=1 --z").deploy(LONG_SOURCE),
        "cdk deploy --all -c a=1 -c b=2 --flag -c c=3",
        "make deploy-local PORT=1",
    ],
)
def test_a_command_that_is_broken_into_lines_is_the_same_command(command: str, width: int) -> None:
    lines = list(broken(command, width))
    assert words_of("\n".join(lines)) == words_of(command)
    assert len(lines) == 1 or len(command) > width


def test_the_same_command_is_shown_once() -> None:
    report = Report(environment="dev", region="eu-west-1")
    report.add(Finding(part="queues", name=name, what=name, commands=("cdk deploy",)) for name in ("a", "b"))
    assert shown(report).count("cdk deploy") == 1
    assert "as in 1" in shown(report)


@pytest.fixture
def hostile(account: Account) -> Account:
    """What others can write: why a function failed, the words of an alarm."""
    account.function |= {"State": "Failed", "StateReason": HOSTILE}
    account.alarms["alarm-unkept"] |= {"StateValue": "ALARM", "AlarmDescription": HOSTILE}
    return account


def test_what_others_wrote_is_neither_markup_nor_a_line_nor_a_control_character(hostile: Account, shell: Shell) -> None:
    _, out, _ = shell()
    assert out.count("[red]a[/red] [link=https://example.com]b[/link] [2J healthy :smile:") >= 1
    assert all(character.isprintable() or character == "\n" for character in out)
    assert not [line for line in out.splitlines() if line.strip().startswith("healthy")]


def test_names_in_the_same_state_share_a_line_and_the_empty_are_counted() -> None:
    report = Report(environment="dev", region="eu-west-1")
    report.add(Row(part="rules", name=name, says="ENABLED") for name in ("A", "B"))
    report.add(Row(part="dead letters", name=name, says="empty") for name in ("A", "B", "C"))
    report.add([Row(part="dead letters", name="D", mark=Mark.NEEDS_YOU, says="1 message")])
    out = shown(report)
    assert "A, B: ENABLED" in out
    assert "3 empty" in out
    assert "D: 1 message" in out


def test_a_long_name_comes_after_what_is_said_of_it(report: Callable[..., Report]) -> None:
    made = Report(environment="dev", region="eu-west-1")
    made.add([Row(part="source", name=LONG_SOURCE, says="ACTIVE")])
    assert LONG_SOURCE in shown(made).replace("\n", "")
    assert shown(made).index("ACTIVE:") < shown(made).index("aws.partner")


def test_a_pipe_has_100_columns_unless_columns_says_less(
    account: Account, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.rules = {}
    for columns, widest in (("50", 50), ("300", 100), ("", 100)):
        monkeypatch.setenv("COLUMNS", columns)
        sentences = [line for line in shell()[1].splitlines() if re.match(r"   \w", line)]
        assert widest * 0.7 < max(map(cell_len, sentences)) <= widest


def test_every_part_that_is_looked_at_is_shown(account: Account, report: Callable[..., Report]) -> None:
    out = shown(report())
    for row in report().rows:
        assert row.part in out, row
        assert row.says.split()[0] in out, row
    assert SOURCE in out
