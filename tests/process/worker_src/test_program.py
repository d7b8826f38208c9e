"""Is the worker a program that ECS and systemd can start and stop, wherever it travelled?"""

import ast
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from worker_src import worker
from worker_src.worker import main

SOURCE = Path(worker.__file__).read_text(encoding="utf-8")
SET = {"QUEUE_URL": "https://queue", "PROCESSED_TABLE": "processed"}
HANGS = 120  # seconds after which a program has certainly missed its signal


@pytest.mark.parametrize(
    ("arguments", "environment", "reason"),
    [
        ([], SET, "expected one argument: drain"),
        (["dain"], SET, "expected one argument: drain"),
        (["drain", "poll"], SET, "expected one argument: drain"),
        (["drain"], {}, "QUEUE_URL is not set"),
        (["drain"], {"QUEUE_URL": "https://queue"}, "PROCESSED_TABLE is not set; expected the DynamoDB table"),
        (["poll"], {**SET, "WAIT_SECONDS": "0"}, "WAIT_SECONDS is '0'; expected a whole number"),
        (["poll"], {**SET, "WAIT_SECONDS": "21"}, "WAIT_SECONDS is '21'"),
        (["poll"], {**SET, "WAIT_SECONDS": "²"}, "WAIT_SECONDS is '²'"),
        (["poll"], SET, "You must specify a region"),
    ],
)
def test_a_wrong_call_is_one_clear_line(
    arguments: list[str],
    environment: dict[str, str],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    assert main(arguments, environment) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"worker.py: {reason}")


def test_the_worker_is_python_3_9_and_small_enough_to_travel_inside_a_template() -> None:
    ast.parse(SOURCE, feature_version=(3, 9))
    assert len(SOURCE.encode()) < 12 * 1024


def test_the_worker_imports_nothing_that_a_plain_python_with_boto3_lacks() -> None:
    tree = ast.parse(SOURCE)
    imported = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert imported == {
        *("__future__", "hashlib", "json", "os", "signal", "sys", "time", "typing"),
        *("botocore.session", "botocore.config", "botocore.exceptions"),
    }


# A botocore without a network: its queue has three messages and then none for ever, and it says what is done with them.
FAKE_SESSION = """
import itertools, json, os, pathlib, time

def say(**fields):
    print(json.dumps(fields), flush=True)

class Sqs:
    def __init__(self):
        self.batches = [[{"MessageId": i, "ReceiptHandle": i, "Body": json.dumps(
            {"detail": {"log_id": i, "data": {"type": "sdu"}}})} for i in "abc"]]

    def receive_message(self, **request):
        if self.batches:
            return {"Messages": self.batches.pop()}
        if os.environ["WHEN_EMPTY"] == "wait":
            say(waiting=True)
            while True:
                time.sleep(1)
        return {}

    def delete_message(self, ReceiptHandle, **request):
        say(deleting=ReceiptHandle)
        while ReceiptHandle == os.environ.get("HOLD") and not pathlib.Path("go").exists():
            time.sleep(0.01)
        say(deleted=ReceiptHandle)

    def change_message_visibility_batch(self, Entries, **request):
        say(given_back=[entry["ReceiptHandle"] for entry in Entries])

class DynamoDb:
    def get_item(self, **request):
        return {}

    def put_item(self, Item, **request):
        assert Item["id"]["S"] and Item["expiration"]["N"].isdigit()

class Session:
    def create_client(self, name, **options):
        return {"sqs": Sqs, "dynamodb": DynamoDb}[name]()

get_session = Session
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "botocore").mkdir()
    (tmp_path / "botocore" / "__init__.py").touch()
    (tmp_path / "botocore" / "session.py").write_text(FAKE_SESSION)
    (tmp_path / "botocore" / "config.py").write_text("Config = dict")
    (tmp_path / "botocore" / "exceptions.py").write_text("BotoCoreError = ClientError = OSError")
    return tmp_path


def start(folder: Path, command: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SOURCE, command],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "WHEN_EMPTY": "answer", **SET, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )


def read_until(worker: subprocess.Popen[str], expected: dict[str, object]) -> list[dict[str, object]]:
    assert worker.stdout
    read: list[dict[str, object]] = []
    for line in worker.stdout:
        read.append(json.loads(line))
        if read[-1] == expected:
            return read
    raise AssertionError(f"the worker ended before it said {expected}: {read}")


def test_drain_is_a_program_that_ends_by_itself(folder: Path) -> None:
    with start(folder, "drain") as program:
        output, _ = program.communicate(timeout=HANGS)
    assert program.returncode == 0
    assert [line["deleted"] for line in map(json.loads, output.splitlines()) if "deleted" in line] == list("abc")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_wait_for_messages(folder: Path, number: signal.Signals) -> None:
    with start(folder, "poll", WHEN_EMPTY="wait") as program:
        read_until(program, {"waiting": True})
        program.send_signal(number)
        output, _ = program.communicate(timeout=HANGS)
    assert program.returncode == 0
    assert json.loads(output) == {"message": "worker stopped"}


@pytest.mark.parametrize("command", ["drain", "poll"])
def test_a_signal_waits_for_the_message_in_hand(folder: Path, command: str) -> None:
    with start(folder, command, HOLD="b") as program:
        read_until(program, {"deleting": "b"})
        program.send_signal(signal.SIGTERM)
        (folder / "go").touch()
        output, _ = program.communicate(timeout=HANGS)
    assert program.returncode == 0
    assert [json.loads(line) for line in output.splitlines()] == [
        {"deleted": "b"},
        {"given_back": ["c"]},
        {"message": "worker stopped"},
    ]
