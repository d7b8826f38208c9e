"""Does the local AWS start, end, and take everything with it that it started?"""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from local_aws import __main__ as local_aws
from local_aws import control
from tests.local.local_aws.aws import Aws, eventually

pytestmark = [
    pytest.mark.local,
    pytest.mark.skipif(not Path("/proc").exists(), reason="counts processes in /proc, which this system lacks"),
]


def command(*words: str) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-m", "local_aws", *words]
    return subprocess.run(line, capture_output=True, text=True, cwd=control.CHECKOUT, check=False, timeout=60)


def launcher(aws: Aws) -> int:
    pid = aws.running.pid
    assert pid
    return pid


def living(group: int) -> list[str]:
    """The command lines of its processes; one that has ended and waits to be collected has none."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if os.getpgid(int(process.name)) == group:
                found.append((process / "cmdline").read_text(errors="replace"))
    return [line for line in found if line]


def start_work(aws: Aws) -> str:
    """A function's process, which stays for the next event, and a task that does not end by itself: its ARN."""
    aws.functions.invoke(FunctionName=aws.function("def handler(event, context): return 1"))
    sleeper = {"name": "c", "image": "none", "command": ["python3", "-c", "import time; time.sleep(600)"]}
    task = aws.ecs.register_task_definition(family="sleeps", containerDefinitions=[sleeper])
    started = aws.ecs.run_task(taskDefinition=task["taskDefinition"]["taskDefinitionArn"])
    eventually(lambda: any("sleep" in line for line in living(launcher(aws))))
    return str(started["tasks"][0]["taskArn"])


def test_stopping_ends_every_process_and_frees_the_port_and_the_next_start_removes_the_folder(tmp_path: Path) -> None:
    with control.start(directory=tmp_path) as running:
        aws = Aws(running)
        start_work(aws)
        group = launcher(aws)
        assert len(living(group)) >= 4
        written = running.log_path.with_name("written")
        written.touch()
        (tmp_path / "1").mkdir()  # of another one that is gone
    eventually(lambda: not living(group))
    assert written.exists()
    with control.start(port=running.port, directory=tmp_path) as again:
        assert again.port == running.port
        assert not written.exists()
        assert not (tmp_path / "1").exists()


def test_it_answers_on_the_loopback_address_alone(aws: Aws) -> None:
    with socket.create_connection(("127.0.0.1", aws.running.port), timeout=2):
        pass
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: it only asks which address of ours would be used
        own = probe.getsockname()[0]
    assert not own.startswith("127.")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((own, aws.running.port), timeout=2)


def test_it_ends_when_the_process_that_started_it_is_killed(tmp_path: Path) -> None:
    program = f"""
import pathlib, time
from local_aws import control
print(control.start(directory=pathlib.Path({str(tmp_path)!r})).port, flush=True)
time.sleep(60)
"""
    line = [sys.executable, "-c", program]
    with subprocess.Popen(line, stdout=subprocess.PIPE, cwd=control.CHECKOUT) as parent:
        assert parent.stdout
        aws = Aws(control.LocalAws(port=int(parent.stdout.readline()), directory=tmp_path))
        start_work(aws)
        group = launcher(aws)
        parent.kill()
    eventually(lambda: not living(group))


def test_its_guard_ends_the_rest_when_the_launcher_is_killed(tmp_path: Path) -> None:
    with control.start(directory=tmp_path) as running:
        aws = Aws(running)
        start_work(aws)
        group = launcher(aws)
        os.kill(group, signal.SIGKILL)
        eventually(lambda: not living(group))


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(control.LocalAwsError, match=f"port {port}: Address already in use"):
            control.start(port=port, directory=tmp_path)


def test_a_crash_during_the_start_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(control.LocalAwsError, match="No such file or directory: 'sh'") as caught:
        control.start(directory=tmp_path)
    assert "\n" not in str(caught.value)


def test_all_of_a_checkout_are_stopped_at_once_as_clean_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(local_aws, "STATE", tmp_path)
    monkeypatch.setattr(sys, "argv", ["local_aws", "down-all"])
    with control.start(directory=tmp_path) as running:
        (tmp_path / "1").mkdir()  # of one that is gone
        group = running.pid
        assert group
        local_aws.main()
        assert capsys.readouterr().out == f"local AWS: stopped, {running.endpoint_url}\n"
        assert not living(group)


def test_clean_stops_them_before_it_removes_what_they_are_found_by() -> None:
    line = ["make", "--dry-run", "clean"]
    steps = subprocess.run(line, capture_output=True, text=True, cwd=control.CHECKOUT, check=True).stdout
    assert -1 < steps.find("local_aws down-all") < steps.find("rm -rf")


def test_an_interrupted_start_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    groups: list[int] = []

    def interrupt(connection: http.client.HTTPConnection, *_: object) -> None:
        groups.append(control.LocalAws(port=connection.port, directory=tmp_path).pid or 0)
        raise KeyboardInterrupt

    monkeypatch.setattr(http.client.HTTPConnection, "request", interrupt)
    with pytest.raises(KeyboardInterrupt):
        control.start(directory=tmp_path, child=False)
    assert all(groups)
    assert [living(group) for group in groups] == [[]]


def test_a_second_start_on_its_port_is_one_clear_line(aws: Aws) -> None:
    with pytest.raises(
        control.LocalAwsError, match=f"port {aws.running.port}: Address already in use; stop what uses it"
    ):
        control.start(port=aws.running.port, directory=aws.running.directory)


def test_the_commands_say_in_one_line_what_they_did() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    before = command("down", "--port", port)
    assert (before.returncode, before.stdout.count("\n")) == (0, 1)
    assert before.stdout.startswith(f"local AWS: does not run, http://127.0.0.1:{port}, log in ")
    try:
        up = command("up", "--port", port)
        assert (up.returncode, up.stderr) == (0, "")
        assert up.stdout.startswith(f"local AWS: runs, http://127.0.0.1:{port}, log in ")
        again = command("up", "--port", port)
        assert again.returncode == 0
        assert again.stdout.startswith("local AWS: runs already, ")
        assert control.connect(int(port)).endpoint_url == f"http://127.0.0.1:{port}"
    finally:
        assert command("down", "--port", port).stdout.startswith("local AWS: stopped, ")
    with pytest.raises(control.LocalAwsError, match=f"no local AWS runs on port {port}"):
        control.connect(int(port))


def test_a_process_with_its_environment_sees_this_aws_and_no_other(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL_SQS", "AWS_SESSION_TOKEN", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://192.0.2.1")
    program = "import boto3; print(boto3.client('sqs').create_queue(QueueName='q')['QueueUrl'])"
    line = [sys.executable, "-c", program]
    made = subprocess.run(line, capture_output=True, text=True, env=aws.running.environment(), check=False)
    assert made.stdout.strip() == f"{aws.running.endpoint_url}/000000000000/q", made.stderr


def test_nothing_is_written_outside_its_folder(aws: Aws) -> None:
    task = start_work(aws)
    assert not list(Path("/tmp").glob(f"ministack*{aws.running.port}*"))  # noqa: S108 - where ministack would write
    aws.ecs.stop_task(task=task)
