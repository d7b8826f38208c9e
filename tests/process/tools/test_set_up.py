import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import set_up


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def command(folder: Path, name: str, answer: str) -> Path:
    file = folder / name
    file.write_text(f"#!/bin/sh\necho {answer}\n")
    file.chmod(0o755)
    return file


def test_a_supported_node_with_npm_is_used(path: Path) -> None:
    node = command(path, "node", "v22.3.1")
    command(path, "npm", "10")
    assert set_up.system_node() == node


@pytest.mark.parametrize("answer", ["v20.20.2", "", "nonsense"])
def test_a_node_that_jsii_does_not_support_is_not_used(path: Path, answer: str) -> None:
    command(path, "node", answer)
    command(path, "npm", "10")
    assert set_up.system_node() is None


def test_a_node_without_npm_is_not_used(path: Path) -> None:
    command(path, "node", "v24.0.0")
    assert set_up.system_node() is None


def test_a_step_falls_back_to_the_next_alternative(capsys: pytest.CaptureFixture[str]) -> None:
    set_up.step("something", ["sh", "-c", "exit 1"], ["sh", "-c", "exit 0"])
    assert capsys.readouterr().err == "setup: something\n"


def test_a_step_that_fails_shows_the_last_lines_and_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(set_up.SetUpError, match="could not install something"):
        set_up.step("something", ["sh", "-c", "echo no network >&2; exit 1"])
    assert "no network" in capsys.readouterr().err


def test_an_old_python_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(set_up.SetUpError, match=r"Python 3.11 or newer is needed, this is 3.10.4"):
        set_up.require_python()


def test_a_second_run_does_nothing_and_is_silent() -> None:
    if not set_up.is_ready():
        pytest.skip("this checkout was not set up by tools/set_up.py")
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [str(set_up.VENV / "bin" / "python"), "tools/set_up.py"], cwd=set_up.ROOT, env=environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("", "")


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that is set up."""
    root = tmp_path / "checkout"
    for name, place in (("ROOT", root), ("VENV", root / ".venv"), ("READY", root / ".venv" / "ready")):
        monkeypatch.setattr(set_up, name, place)
    for made in (*set_up.INPUTS, ".venv/bin/node", ".venv/bin/cdk", "node_modules/aws-cdk/package.json"):
        (root / made).parent.mkdir(parents=True, exist_ok=True)
        (root / made).touch()
    (root / ".venv/bin/python").symlink_to(sys.executable)
    set_up.READY.write_text(set_up.fingerprint())
    return root


@pytest.mark.parametrize("gone", [".venv/bin/python", ".venv/bin/node", ".venv/bin/cdk", ".venv/ready"])
def test_what_somebody_removed_is_set_up_again(ready: Path, gone: str) -> None:
    assert set_up.is_ready()
    (ready / gone).unlink()
    assert not set_up.is_ready()


def test_a_link_to_a_python_that_the_machine_has_no_longer_is_set_up_again(ready: Path) -> None:
    (ready / ".venv/bin/python").unlink()
    (ready / ".venv/bin/python").symlink_to(ready / "gone")
    assert not set_up.is_ready()


def test_what_is_ready_takes_no_lock_since_a_checkout_may_be_read_only(
    ready: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (ready / ".setup.lock").mkdir()  # which cannot be opened, whoever tries
    assert set_up.main() == 0
    set_up.READY.unlink()
    assert set_up.main() == 1
    assert (
        capsys.readouterr().err == f"setup: {ready}/.setup.lock: Is a directory; what it makes is inside the checkout\n"
    )


def test_another_requirement_is_another_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_up, "ROOT", tmp_path)
    (tmp_path / "tools").mkdir()
    for name in set_up.INPUTS:
        (tmp_path / name).write_text(name)
    before = set_up.fingerprint()
    (tmp_path / "requirements.lock").write_text("newer")
    assert set_up.fingerprint() != before


@pytest.mark.parametrize(
    ("arguments", "given", "validation"),
    [
        (["diff"], None, "false"),
        (["--no-notices", "diff", "-c", "environment=staging"], None, "false"),
        (["list"], None, "false"),
        (["diff"], "true", "true"),
        (["deploy", "--all"], None, ""),
        (["deploy", "diff"], None, ""),
        (["--profile", "list", "deploy"], None, ""),
        (["--profile", "staging", "diff"], None, "false"),
        (["--no-notices", "synth", "--quiet"], None, ""),
        (["watch"], None, ""),
        ([], None, ""),
    ],
)
def test_what_is_run_after_each_edit_goes_without_validation_and_what_deploys_never_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], given: str | None, validation: str
) -> None:
    monkeypatch.setattr(set_up, "VENV", tmp_path)
    (tmp_path / "bin").mkdir()
    monkeypatch.delenv("CDK_VALIDATION", raising=False)
    if given:
        monkeypatch.setenv("CDK_VALIDATION", given)
    set_up.write_cdk_command(command(tmp_path, "any-node", '"$CDK_VALIDATION:$#"'))
    done = subprocess.run([str(tmp_path / "bin" / "cdk"), *arguments], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{validation}:{len(arguments) + 1}"
