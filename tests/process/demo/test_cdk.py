import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from demo.cdk import CHECKOUT, reasons


def test_the_reasons_of_a_failure_are_the_lines_that_tell_of_one_not_the_last_ones() -> None:
    output = "Stack A | CREATE_FAILED | AWS::SQS::Queue\n" + "Stack B fine\n" * 40
    assert reasons(output) == "Stack A | CREATE_FAILED | AWS::SQS::Queue"


def test_without_such_a_line_the_last_ones_are_shown() -> None:
    assert reasons("\n".join(map(str, range(30)))).splitlines() == [str(number) for number in range(20, 30)]


CALLER = """
import pathlib, sys
from demo import cdk
cdk.CDK = pathlib.Path(sys.argv[1])
cdk.Cdk(environment={"PATH": sys.argv[2]}, context={}, assembly=pathlib.Path(sys.argv[3])).bootstrap()
"""


def test_the_cli_ends_when_its_caller_is_killed(tmp_path: Path) -> None:
    """A CLI that lived on would hold the lock of the assembly, and stop the next run."""
    cli, started = tmp_path / "cdk", tmp_path / "started"
    cli.write_text(f"#!/bin/sh\necho $$ > {started}\nsleep 60\n")
    cli.chmod(0o755)
    line = [sys.executable, "-c", CALLER, str(cli), os.environ["PATH"], str(tmp_path / "assembly")]
    with subprocess.Popen(line, cwd=CHECKOUT) as caller:
        wait_for(lambda: started.exists() and bool(started.read_text().strip()))
        caller.kill()
    wait_for(lambda: not is_running(int(started.read_text())))


def wait_for(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
