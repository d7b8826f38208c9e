"""Do generated logs look as Auth0's own JSON Schemas say?"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lambda_src.auth0_events.generator import generate_log
from lambda_src.auth0_events.log_types import LOG_TYPES

NOW = datetime(2026, 11, 23, 12, 0, 12, tzinfo=UTC)
RUNS = [(seed, index) for seed in (0, 1, 20261123) for index in (0, 1, 178, 99_999)]


@pytest.fixture(scope="module")
def schemas(reference: Path) -> Mapping[str, Any]:
    """Auth0's schema of each code that has one."""
    files = {code: reference / "log-schemas" / "log-types" / f"{code}.schema.json" for code in LOG_TYPES}
    found = {code: json.loads(file.read_text(encoding="utf-8")) for code, file in files.items() if file.exists()}
    assert len(found) == 166
    return found


def _violations(schema: Any, data: Any) -> list[str]:
    from jsonschema import Draft7Validator

    validator = Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def _parts(schema: Any) -> list[Any]:
    """The schema and all that allOf and anyOf add to it."""
    return [schema, *(part for key in ("allOf", "anyOf") for inner in schema.get(key, ()) for part in _parts(inner))]


def _invented(schemas: list[Any], value: Any, path: str = "$") -> list[str]:
    """The fields of `value` that none of the schemas names, where they name fields at all."""
    parts = [part for schema in schemas for part in _parts(schema)]
    if isinstance(value, list):
        items = [part["items"] for part in parts if "items" in part]
        return [found for item in value for found in _invented(items, item, f"{path}[]")]
    named = [part["properties"] for part in parts if "properties" in part]
    if not isinstance(value, dict) or not named or any("additionalProperties" in part for part in parts):
        return []
    found = [f"{path}.{field}" for field in value if not any(field in names for names in named)]
    for field, inner in value.items():
        found += _invented([names[field] for names in named if field in names], inner, f"{path}.{field}")
    return found


def _of_all_logs(schemas: Mapping[str, Any], check: Any) -> dict[str, list[str]]:
    """What `check` finds, by code, in logs of several seeds and indexes."""
    found = {
        code: sorted(
            {
                problem
                for seed, index in RUNS
                for problem in check(schema, dict(generate_log(code, seed=seed, index=index, now=NOW).data))
            }
        )
        for code, schema in schemas.items()
    }
    return {code: problems for code, problems in found.items() if problems}


def test_every_log_is_valid_by_its_schema(schemas: Mapping[str, Any]) -> None:
    assert _of_all_logs(schemas, _violations) == {}


def test_no_log_has_a_field_that_its_schema_does_not_name(schemas: Mapping[str, Any]) -> None:
    assert _of_all_logs(schemas, lambda schema, data: _invented([schema], data)) == {}


def test_the_checks_see_a_missing_a_wrong_and_an_invented_field(schemas: Mapping[str, Any]) -> None:
    data = json.loads(json.dumps(generate_log("api_limit", seed=1, index=1, now=NOW).data))
    schema = schemas["api_limit"]
    assert (_violations(schema, data), _invented([schema], data)) == ([], [])
    data["details"]["limit"]["colour"] = "red"
    assert _invented([schema], data) == ["$.details.limit.colour"]
    data["hostname"] = 7
    del data["details"]["limit"]["size"]
    assert len(_violations(schema, data)) == 2
