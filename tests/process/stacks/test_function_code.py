import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from stacks.components.function_code import CompiledDistribution, copy_distribution, function_code


def test_the_asset_holds_our_code_under_its_own_name_and_no_bytecode_or_metadata() -> None:
    stage = function_code()
    files = {path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file()}
    assert "lambda_src/auth0_events/log_types.py" in files
    assert "aws_lambda_powertools/__init__.py" in files
    assert not [name for name in files if name.endswith(".pyc") or ".dist-info/" in name]


def test_every_handler_can_be_imported_from_the_asset_alone() -> None:
    """boto3 comes with the Lambda runtime: it alone is taken from this environment."""
    script = (
        "import importlib, sys; sys.path[:0] = [sys.argv[1]]\n"
        "for name in ('activity', 'alert', 'sender'):\n"
        "    assert importlib.import_module(f'lambda_src.{name}.handler').handler\n"
        "for name in ('aws_lambda_powertools', 'jmespath', 'lambda_src', 'typing_extensions'):\n"
        "    assert (sys.modules[name].__file__ or '').startswith(sys.argv[1]), name\n"
    )
    environment = {"AWS_DEFAULT_REGION": "us-east-1", "POWERTOOLS_METRICS_NAMESPACE": "Auth0Events/test"}
    subprocess.run(
        [sys.executable, "-B", "-P", "-c", script, str(function_code())], check=True, cwd="/", env=environment
    )


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
