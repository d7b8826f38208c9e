"""Does a life tell a function's time and answers, and never those of one that failed?"""

from pathlib import Path

import pytest

from bench.functions.interpreter import plain_name, runtime_packages
from bench.functions.life import live

HANDLER = """
import sys, time
started = time.perf_counter()
while time.perf_counter() < started + 0.05:
    pass

def handler(event, context):
    assert event != "fail", "as told"
    modules = [name for name in ("boto3", "aws_lambda_powertools", "lambda_src") if can_import(name)]
    return {"event": event, "modules": modules}

def can_import(name):
    import importlib.util
    return importlib.util.find_spec(name) is not None
"""


@pytest.fixture
def asset(tmp_path: Path) -> Path:
    (tmp_path / "mine.py").write_text(HANDLER)
    return tmp_path


def test_start_and_events_are_told_apart_and_nothing_is_there_but_what_the_runtime_has(asset: Path) -> None:
    life = live(asset, "mine.handler", events=["a", "b"])
    assert life.answers == [{"event": event, "modules": ["boto3"]} for event in ("a", "b")]
    assert len(life.events) == 2
    assert min(life.init, life.cpu) > 0.01


def test_a_function_that_fails_has_no_figures(asset: Path) -> None:
    with pytest.raises(RuntimeError, match=r"^mine\.handler: AssertionError: as told; its last words: "):
        live(asset, "mine.handler", events=["fail"])
    with pytest.raises(RuntimeError, match=r"Unable to import module 'absent'"):
        live(asset, "absent.handler")


def test_the_runtime_has_boto3_and_its_own_client_and_what_these_need() -> None:
    names = {path.name for path in runtime_packages().iterdir()}
    assert {"boto3", "botocore", "urllib3", "awslambdaric"} <= names
    assert not names & {"aws_lambda_powertools", "pytest", "moto"}


@pytest.mark.parametrize("requirement", ["python-dateutil<3.0.0,>=2.1", "Python_DateUtil", "python-dateutil ; x > 1"])
def test_a_requirement_is_read_by_its_name(requirement: str) -> None:
    assert plain_name(requirement) == "python-dateutil"
