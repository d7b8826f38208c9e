"""On which Python is measured, and what is said of one that will not do?"""

import sys
from pathlib import Path

import pytest
from click import ClickException

from bench.functions import interpreter


@pytest.fixture(autouse=True)
def nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter, "BUILD", tmp_path)
    for name in ("described", "runtime_packages"):
        monkeypatch.setattr(interpreter, name, getattr(interpreter, name).__wrapped__)


@pytest.mark.parametrize("path", ["/nowhere/python", "/bin/false"])
def test_a_python_that_does_not_run_is_one_line(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv("BENCH_PYTHON", path)
    with pytest.raises(ClickException, match=f"{path} does not run: correct BENCH_PYTHON"):
        interpreter.described()


def test_what_a_python_has_not_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter, "described", lambda: ("3.14.0", tmp_path))
    with pytest.raises(ClickException, match="has no boto3 and no awslambdaric: "):
        interpreter.runtime_packages()


def test_links_to_the_packages_of_another_python_of_the_same_version_go(tmp_path: Path) -> None:
    version, packages = interpreter.described()
    old = tmp_path / f"runtime-{version}"
    old.mkdir()
    (old / "boto3").symlink_to(tmp_path / "removed")
    folder = interpreter.runtime_packages()
    assert folder == old
    assert (folder / "boto3").resolve() == (packages / "boto3").resolve()
    assert sys.prefix in str((folder / "awslambdaric").resolve())
