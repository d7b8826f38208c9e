"""Is a test found that is of another kind than its folder?"""

import importlib.util
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.touching_nothing import TouchesSomething

UNIT = Path(__file__).parent


def read_a_model() -> object:
    spec = importlib.util.find_spec("botocore")
    assert spec
    assert spec.origin
    (model, *_) = Path(spec.origin).parent.glob("data/sqs/*/service-2.json*")
    return model.open()


def listen() -> None:
    with socket.socket() as unbound:
        unbound.bind(("127.0.0.1", 0))


@pytest.mark.parametrize(
    ("touch", "what"),
    [
        (lambda: subprocess.run(["true"], check=True), "another process"),
        (lambda: os.posix_spawn("/bin/true", ["true"], {}), "another process"),
        (listen, "the network"),
        (lambda: socket.create_connection(("127.0.0.1", 9)), "the network"),
        (read_a_model, "boto3's clients"),
    ],
)
def test_what_a_unit_test_may_not_touch_is_said(touch: Callable[[], object], what: str) -> None:
    with pytest.raises(TouchesSomething, match=f"touches {what} .*: it belongs in tests/emulated or tests/process"):
        touch()


def test_a_unit_test_has_no_generated_examples() -> None:
    """They are in tests/properties; and what is run at every edit does not wait for Hypothesis."""
    files = [file for file in UNIT.rglob("*.py") if file != Path(__file__)]
    assert files
    assert [file.name for file in files if "hypothesis" in file.read_text(encoding="utf-8")] == []
