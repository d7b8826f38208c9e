"""How does a test run an operator's command?"""

import io
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, NamedTuple
from unittest import mock

import pytest

from ops.__main__ import main
from ops.aws import connect
from ops.commands import Commands
from ops.environment import Environment, find_environment


class Ran(NamedTuple):
    code: int
    output: str
    errors: str

    @property
    def told(self) -> Any:
        """What `--json` says."""
        assert self.output, self.errors
        return json.loads(self.output)


@contextmanager
def shell(environment: Mapping[str, str]) -> Iterator[None]:
    with mock.patch.dict(os.environ, environment, clear=True):
        yield


@contextmanager
def found(environment: Mapping[str, str]) -> Iterator[Environment]:
    """The deployment, as a command finds it, for a test that gives what no option does."""
    with shell(environment):
        yield find_environment(connect(profile=None, region=None), Commands())


def ops(environment: Mapping[str, str], *arguments: str, given: str = "") -> Ran:
    """`python -m ops …` in this process: an interpreter of its own would take longer than most commands.

    `environment`: the whole of it; `given`: the standard input. The tests that send signals run real processes.
    """
    with (
        pytest.MonkeyPatch.context() as patch,
        shell(environment),
        redirect_stdout(io.StringIO()) as output,
        redirect_stderr(io.StringIO()) as errors,
    ):
        patch.setattr(sys, "argv", ["ops", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        terminated = signal.getsignal(signal.SIGTERM)
        try:
            main()
        except SystemExit as ended:
            return Ran(int(ended.code or 0), output.getvalue(), errors.getvalue())
        finally:
            signal.signal(signal.SIGTERM, terminated)  # which the command takes for Ctrl-C
    raise AssertionError("a command ends with an exit code")
