"""Would the injection suite see an injection? Each check of it, against code that is as careless as can be."""

import json
import subprocess
from pathlib import Path

import pytest

from lambda_src.printable import printable
from tests.hostile.injection import (
    FIELDS,
    FORGED,
    FORGED_LINE,
    PAYLOADS,
    detail_of,
    hostile_details,
    payload,
    with_field,
)

SHELL = ("shell substitution", "shell separators")


@pytest.mark.parametrize("name", SHELL)
def test_a_shell_that_gets_a_payload_makes_the_canary(name: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    subprocess.run(f'echo "{payload(name, canary)}"', shell=True, capture_output=True, check=False, cwd=tmp_path)  # noqa: S602 - the control
    assert canary.exists()


def test_python_that_evaluates_a_payload_makes_the_canary(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    eval(payload("python", canary))  # noqa: S307 - the control
    assert canary.exists()


@pytest.mark.parametrize("name", ["forged log line", "forged log line, other breaks"])
def test_a_careless_log_line_has_a_forged_one_in_it(name: str) -> None:
    careless = f"processed {PAYLOADS[name]}"
    assert FORGED in [json.loads(line)["log_id"] for line in careless.splitlines() if line == FORGED_LINE]
    assert FORGED_LINE not in printable(careless, 1_000).splitlines()


def test_a_careless_json_has_a_forged_log_id() -> None:
    careless = '{"log_id":"1","user_agent":"' + PAYLOADS["json breakout"].replace('"}],', '",') + '"}]}'
    assert json.loads(careless)["log_id"] == FORGED


def test_every_payload_is_in_every_field_once() -> None:
    assert len(set(FIELDS)) == len(FIELDS) >= 35
    for name, text in PAYLOADS.items():
        details = hostile_details(text, "sdu")
        assert all(json.dumps(detail).count(json.dumps(text)[1:-1]) >= 2 for detail in details[1:]), name
        assert details[0] == {**detail_of("hostile-0", "sdu"), "log_id": text}


def test_a_field_is_put_where_its_path_says() -> None:
    changed = with_field(detail_of("1", "sdu"), ("data", "details", "request", "query", "_aws"), "x")
    assert changed["data"]["details"]["request"]["query"] == {"_aws": "x", "x": "x"}
    assert changed["data"]["type"] == "sdu"
