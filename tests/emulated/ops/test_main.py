"""How does a command end whose call is wrong, or whose output nobody takes?"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws

from ops.__main__ import SUMMARIES, commands, main
from tests.emulated.ops.calls import deploy
from tests.unit.ops.names import REGION

ROOT = Path(__file__).parents[3]


def full() -> IO[str]:
    return open("/dev/full", "w")  # noqa: PTH123 - it is the command's output


def closed_pipe() -> IO[str]:
    reader, writer = os.pipe()
    os.close(reader)
    return os.fdopen(writer, "w")


def end(patch: pytest.MonkeyPatch, arguments: list[str], output: IO[str] | None = None) -> int:
    patch.setattr(sys, "argv", ["ops", *arguments])
    if output:
        patch.setattr(sys, "stdout", output)
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.mark.usefixtures("credentials")
@pytest.mark.parametrize("arguments", [["-h"], ["redrive"], ["redrive", "--json"]], ids=["click", "rich", "json"])
@pytest.mark.parametrize(
    ("output", "code", "said"),
    [(full, 2, "ops: the output: No space left on device\n"), (closed_pipe, 0, "")],
    ids=["full", "closed"],
)
def test_an_output_that_takes_nothing_is_one_line_and_one_that_is_closed_none(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    output: Callable[[], IO[str]],
    code: int,
    said: str,
) -> None:
    with mock_aws(), monkeypatch.context() as patch:
        deploy(patch, REGION)
        with output() as stream:
            assert end(patch, arguments, stream) == code
    assert capsys.readouterr().err == said


def test_nothing_is_complained_of_when_the_process_ends() -> None:
    with full() as output:
        ended = subprocess.run(
            [sys.executable, "-m", "ops", "-h"], cwd=ROOT, stdout=output, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (ended.returncode, ended.stderr) == (2, "ops: the output: No space left on device\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["redriv"], "ops: No such command 'redriv'"),
        (["redrive", "--limit", "0"], "ops: Invalid value for '--limit': 0 is not in the range x>=1; "),
        (["redrive", "--limt", "0"], "ops: No such option"),
        (["send", "--count", "1", "--type", "a\nb\x1b[2J"], "ops: unknown Auth0 log type "),
    ],
)
@pytest.mark.usefixtures("credentials")
def test_a_wrong_call_is_one_line_that_names_the_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with mock_aws(), monkeypatch.context() as patch:
        deploy(patch, REGION)
        assert end(patch, arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n"), "\x1b" in err) == ("", 1, False)
    assert err.startswith(said)
    where = "python -m ops" if arguments == ["redriv"] else f"python -m ops {arguments[0]}"
    assert err.endswith(f"; see `{where} -h`\n")


@pytest.mark.usefixtures("credentials")
@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("http://127.0.0.1:4699/", "if http://127.0.0.1:4699/ is the local AWS, start it: `make up PORT=4699`"),
        ("https://example.com/", "no network, or no such endpoint (AWS_ENDPOINT_URL): https://example.com/"),
    ],
)
@pytest.mark.parametrize("command", SUMMARIES)
def test_where_nobody_answers_every_command_gives_the_same_advice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, url: str, advice: str
) -> None:
    def call(_client: Any, _operation: str, _arguments: object) -> Any:
        raise EndpointConnectionError(endpoint_url=url)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    needed = {"send": ["--count", "1"], "replay": ["--list"]}
    assert end(monkeypatch, [command, *needed.get(command, [])]) == 2
    assert capsys.readouterr() == ("", f"ops: nobody answers in {REGION}: {advice}\n")


def test_the_summary_of_every_command_is_a_whole_sentence_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    for columns in (80, 100):
        commands.main(["-h"], prog_name="ops", standalone_mode=False, terminal_width=columns)
        shown = capsys.readouterr().out
        for command, summary in SUMMARIES.items():
            assert re.search(rf"^  {command} +{re.escape(summary)}$", shown, re.MULTILINE)
