import os
import subprocess
import sys
import time
from importlib.metadata import distribution
from pathlib import Path

import pytest

from stacks.components.function_code import (
    CHECKOUT,
    OLD,
    SHIPPED,
    WITHOUT,
    CompiledDistribution,
    NoAsset,
    bytecode_of,
    copy_distribution,
    copy_files,
    fingerprint,
    function_code,
    modules_of,
    move_into_place,
    pack,
    remove_old,
    stage,
)
from stacks.components.runtime_bytecode import PYTHON, compiler

FUNCTIONS = sorted(handler.parent.name for handler in (CHECKOUT / "lambda_src").glob("*/handler.py"))
# Imports the handler from the asset alone; boto3 comes with the Lambda runtime, and alone is taken from here.
IMPORTS = """
import importlib, sys
asset, name = sys.argv[1:]
sys.path.insert(0, asset)
assert importlib.import_module(f"lambda_src.{name}.handler").handler
for module in ("aws_lambda_powertools", "jmespath", "lambda_src", "typing_extensions"):
    assert sys.modules[module].__file__.startswith(asset), module
"""


def contents(asset: Path) -> dict[str, bytes]:
    return {name: (asset / name).read_bytes() for name in files_of(asset)}


def files_of(asset: Path) -> set[str]:
    return {path.relative_to(asset).as_posix() for path in asset.rglob("*") if path.is_file()}


@pytest.fixture(params=FUNCTIONS)
def asset(request: pytest.FixtureRequest) -> Path:
    return function_code(request.param)


def test_there_are_functions() -> None:
    assert {"sender", "alert", "activity", "log_stream"} <= set(FUNCTIONS)


def test_an_asset_holds_its_own_function_and_no_other(asset: Path) -> None:
    files = files_of(asset)
    assert f"lambda_src/{asset.name}/handler.py" in files
    assert "aws_lambda_powertools/__init__.py" in files
    others = [f"lambda_src/{name}/" for name in FUNCTIONS if name != asset.name]
    assert others
    assert not [file for file in files if file.startswith(tuple(others))]


def test_an_asset_holds_code_its_bytecode_and_licences_and_nothing_else(asset: Path) -> None:
    kinds = {Path(file).suffix for file in files_of(asset) if not file.startswith("licences/")}
    assert kinds == ({".py", ".pyc"} if compiler() else {".py"})


def test_every_shipped_distribution_has_its_licence(asset: Path) -> None:
    licences = {file.split("/")[1] for file in files_of(asset) if file.startswith("licences/")}
    assert licences == {distribution(name).name for name in SHIPPED}


def test_whoever_deploys_lambda_may_read_the_files(asset: Path) -> None:
    modes = {oct(path.stat().st_mode & 0o777) for path in [asset, *asset.rglob("*")]}
    assert modes == {oct(0o755), oct(0o644)}


@pytest.mark.skipif(compiler() is None, reason="`npm ci` has not brought the runtime's Python")
def test_every_module_has_bytecode_of_the_runtimes_python_that_names_where_lambda_has_it(asset: Path) -> None:
    modules = sorted(asset.rglob("*.py"))
    assert len(modules) > 10
    for module in modules:
        (cached,) = bytecode_of([module])
        assert cached.name == f"{module.stem}.cpython-{PYTHON.replace('.', '')}.pyc"
        assert f"/var/task/{module.relative_to(asset)}".encode() in cached.read_bytes()
        assert int.from_bytes(cached.read_bytes()[4:8], "little") == 0b11  # of a hash that is checked: PEP 552


def test_a_handler_can_be_imported_from_its_asset_alone(asset: Path) -> None:
    environment = {"AWS_DEFAULT_REGION": "us-east-1", "POWERTOOLS_METRICS_NAMESPACE": "Auth0Events/test"}
    command = [sys.executable, "-B", "-P", "-c", IMPORTS, str(asset), asset.name]
    subprocess.run(command, check=True, cwd="/", env=environment)


def test_what_is_left_out_could_not_work_anyway(tmp_path: Path) -> None:
    """Without Pydantic, which no asset has."""
    copy_distribution(distribution("aws-lambda-powertools"), tmp_path)
    (left_out,) = WITHOUT
    text = tmp_path.joinpath(*left_out.split(".")).with_suffix(".py").read_text()
    assert "\nfrom pydantic import" in text


def test_a_change_changes_the_assets_that_reach_it_and_no_other(tmp_path: Path) -> None:
    """The control of the test that two clones have the same: tests/infrastructure/test_function_assets.py."""
    everything = tmp_path / "everything"
    copy_files(modules_of(CHECKOUT / "lambda_src"), CHECKOUT, everything)
    for name in SHIPPED:
        copy_distribution(distribution(name), everything)
    pack(everything, tmp_path / "before", is_compiled=False)
    with (everything / "lambda_src" / "activity" / "core.py").open("a") as core:
        core.write("# changed\n")
    pack(everything, tmp_path / "after", is_compiled=False)
    before, after = ({name: contents(tmp_path / moment / name) for name in FUNCTIONS} for moment in ("before", "after"))
    assert [name for name in FUNCTIONS if before[name] != after[name]] == ["activity"]


def test_of_two_syntheses_at_once_the_first_ones_stage_stays(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
        move_into_place(tmp_path / name, tmp_path / "finished")
    assert (tmp_path / "finished" / "file").read_text() == "first"
    with pytest.raises(OSError, match="absent"):
        move_into_place(tmp_path / "absent", tmp_path / "elsewhere")


def test_stages_of_earlier_days_go(tmp_path: Path) -> None:
    for name, age in {"new": 0, "of this morning": OLD - 3600, "old": OLD + 1}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
        os.utime(tmp_path / name, times=(time.time() - age,) * 2)
    remove_old(tmp_path)
    assert {made.name for made in tmp_path.iterdir()} == {"new", "of this morning"}


def test_a_stage_of_an_earlier_day_never_goes_by_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old" / "part").mkdir(parents=True)
    os.utime(tmp_path / "old", times=(0, 0))

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("shutil.rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt):
        remove_old(tmp_path)
    assert not (tmp_path / "old").exists()


def test_a_stage_that_is_in_use_stays() -> None:
    os.utime(stage(), times=(0, 0))
    stage.cache_clear()
    assert time.time() - stage().stat().st_mtime < OLD


def test_a_stage_that_can_only_be_read_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    made = stage()

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.utime", refused)
    stage.cache_clear()
    assert stage() == made


def test_what_editors_and_people_leave_beside_the_modules_is_no_part_of_them(tmp_path: Path) -> None:
    sources = tmp_path / "lambda_src"
    (sources / "__pycache__").mkdir(parents=True)
    (sources / "core.py").write_text("")
    (sources / "__pycache__" / "core.cpython-311.pyc").write_bytes(b"")
    before = fingerprint(sources, [], None)
    (sources / ".#core.py").symlink_to("somebody@example.com.4711:1")
    (sources / "notes.txt").write_text("")
    assert fingerprint(sources, [], None) == before
    copy_files(modules_of(sources), tmp_path, tmp_path / "copied")
    assert files_of(tmp_path / "copied") == {"lambda_src/core.py"}


def test_a_module_s_name_need_not_be_unicode(tmp_path: Path) -> None:
    before = fingerprint(tmp_path, [], None)
    (tmp_path / os.fsdecode(b"caf\xe9.py")).write_text("")
    assert fingerprint(tmp_path, [], None) != before


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            SyntaxError("invalid syntax", ("lambda_src/alert/core.py", 71, 5, "def (")),
            "alert/core.py, line 71: invalid",
        ),
        (OSError(30, "Read-only file system", ".build/functions"), ".build/functions: Read-only file system$"),
    ],
)
def test_why_there_is_no_asset_is_one_line(monkeypatch: pytest.MonkeyPatch, error: Exception, said: str) -> None:
    def stage() -> Path:
        raise error

    monkeypatch.setattr("stacks.components.function_code.stage", stage)
    with pytest.raises(NoAsset, match=said):
        function_code("alert")


def test_a_distribution_with_a_compiled_part_is_refused_by_name(tmp_path: Path) -> None:
    compiled = distribution("regex")
    assert [file for file in compiled.files or () if file.suffix == ".so"], (
        "regex is no longer compiled: choose another"
    )
    with pytest.raises(CompiledDistribution, match="regex has a compiled part"):
        copy_distribution(compiled, tmp_path)


def test_files_outside_of_site_packages_stay_behind(tmp_path: Path) -> None:
    pytest_itself = distribution("pytest")
    assert [file for file in pytest_itself.files or () if file.parts[0] == ".."], "pytest has no script: choose another"
    copy_distribution(pytest_itself, tmp_path / "inside")
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]
    assert not (tmp_path / "inside" / "bin").exists()
