import json
from pathlib import Path

import pytest

from stacks.components.function_code import CHECKOUT
from stacks.components.runtime_bytecode import NotCompiled, compile_folder, compiler


def package(folder: Path, version: str) -> Path:
    (folder / "package.json").write_text(json.dumps({"version": version}))
    return folder


def test_the_checkout_has_the_compiler_that_package_json_pins() -> None:
    pinned = json.loads((CHECKOUT / "package.json").read_text())["devDependencies"]
    assert compiler() == pinned["pyodide"]


def test_without_npm_ci_there_is_no_compiler(tmp_path: Path) -> None:
    assert compiler(tmp_path) is None


def test_a_compiler_of_another_python_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotCompiled, match=r"is 315\.0\.1 and the functions run on Python 3\.14: package\.json needs"):
        compiler(package(tmp_path, "315.0.1"))
    assert compiler(package(tmp_path, "314.0.7")) == "314.0.7"


@pytest.mark.parametrize(
    "fails",
    [
        "throw new Error('broken');\n",
        "export const loadPyodide = async () => { throw new Error('broken'); };\n",
        "export const loadPyodide = () => { Promise.reject(new Error('broken')); return new Promise(() => {}); };\n",
    ],
)
def test_a_compiler_that_fails_is_one_line_which_says_why(tmp_path: Path, fails: str) -> None:
    (tmp_path / "pyodide.mjs").write_text(fails)
    with pytest.raises(NotCompiled, match=r"^the functions are not compiled: broken$"):
        compile_folder(tmp_path, tmp_path)


@pytest.mark.skipif(compiler() is None, reason="`npm ci` has not brought the runtime's Python")
def test_a_module_that_the_runtimes_python_does_not_take_is_named(tmp_path: Path) -> None:
    (tmp_path / "core.py").write_text("def (")
    with pytest.raises(NotCompiled, match=r"^the functions are not compiled: ValueError: core\.py: invalid syntax .+$"):
        compile_folder(tmp_path)


def test_a_node_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JSII_NODE", str(tmp_path / "node"))
    with pytest.raises(NotCompiled, match=r"node cannot be run \(No such file or directory\)$"):
        compile_folder(tmp_path, tmp_path)
