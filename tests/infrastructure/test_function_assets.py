"""Are a function's assets the same whoever synthesises, and wherever?

Its control, that a changed source changes an asset, is in tests/unit/stacks/test_function_code.py.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path

from stacks.components.function_code import CHECKOUT, SHIPPED, function_code

SOURCES, COMPILER = ("lambda_src", "stacks"), "node_modules/pyodide"
STAGE = "import os; os.umask({umask}); from stacks.components.function_code import stage; print(stage())"
FUNCTIONS = ("activity", "alert", "log_stream", "sender")


def clone(folder: Path, *names: str) -> Path:
    """With bytecode that lies about."""
    for name in names:
        if (CHECKOUT / name).exists():
            shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    litter = folder / "lambda_src" / "alert" / "__pycache__" / "core.cpython-314.pyc"
    litter.parent.mkdir()
    litter.write_bytes(b"bytecode of another time")
    return folder


def with_its_own_packages(folder: Path) -> Path:
    """Copies of the shipped distributions, at a path of their own."""
    for name in SHIPPED:
        for part in {file.parts[0] for file in distribution(name).files or () if file.parts[0] != ".."}:
            installed = Path(sysconfig.get_path("purelib"), part)
            if installed.is_dir():
                shutil.copytree(installed, folder / part, dirs_exist_ok=True)
            elif installed.is_file():
                shutil.copy(installed, folder / part)
    return folder


def start(checkout: Path, *, umask: int, **environment: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", STAGE.format(umask=umask)]
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "LC_ALL")}
    return subprocess.Popen(command, cwd=checkout, env=kept | environment, stdout=subprocess.PIPE, text=True)


def files_of(asset: Path) -> dict[str, tuple[int, bytes]]:
    """Name -> mode and content."""
    files = [path for path in asset.rglob("*") if path.is_file()]
    return {file.relative_to(asset).as_posix(): (file.stat().st_mode, file.read_bytes()) for file in files}


def test_two_clones_at_two_paths_make_the_assets_of_this_checkout(tmp_path: Path) -> None:
    """Whatever the umask, the age of the files, bytecode that lies about, the locale and the hash seed.

    One of them as before `npm ci`: compiling takes longer than all else, and the other and the checkout do it.
    """
    from aws_cdk import FileSystem

    first, second = clone(tmp_path / "first", *SOURCES), clone(tmp_path / "a second one", *SOURCES, COMPILER)
    for file in second.rglob("*.py"):
        os.utime(file, (0, 0))
        file.chmod(0o755)
    packages = with_its_own_packages(tmp_path / "packages")
    seeds = {"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONDONTWRITEBYTECODE": "1"}
    started = [
        start(first, umask=0o002, PYTHONHASHSEED="0"),
        start(second, umask=0o077, PYTHONPATH=str(packages), **seeds),
    ]
    stages = [Path(process.communicate()[0].strip()) for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert [stage.is_relative_to(folder) for stage, folder in zip(stages, (first, second), strict=True)] == [True, True]
    for name in FUNCTIONS:
        expected = files_of(function_code(name))
        sources = {file: content for file, content in expected.items() if not file.endswith(".pyc")}
        assert [files_of(stage / name) for stage in stages] == [sources, expected], name
        fingerprints = {FileSystem.fingerprint(str(asset)) for asset in (stages[1] / name, function_code(name))}
        assert len(fingerprints) == 1, name
