"""Do the scenarios tell what they claim, in logs as Auth0 writes them?"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from lambda_src.auth0_events.envelope import detail_json, parse_event
from lambda_src.auth0_events.log_types import LOG_TYPES
from ops.send.scenarios.catalogue import SCENARIOS
from tests.properties.lambda_src.auth0_events.test_generator import _texts
from tests.properties.lambda_src.auth0_events.test_schemas import _invented, _violations
from tests.unit.lambda_src.auth0_events.test_generator import _undocumented
from tests.unit.ops.send.test_scenarios import END, names, seeds, story


@pytest.fixture(scope="module")
def schemas(pytestconfig: pytest.Config) -> Mapping[str, Any]:
    """Auth0's schema of each code that has one."""
    folder = pytestconfig.rootpath.parent / "shared" / "auth0" / "log-schemas" / "log-types"
    if not folder.is_dir():
        pytest.skip("Auth0's reference data (../shared/auth0) is not beside this checkout")
    files: Iterable[Path] = folder.glob("*.schema.json")
    return {file.name.partition(".")[0]: json.loads(file.read_text(encoding="utf-8")) for file in files}


@names
def test_every_log_is_as_auth0s_schema_of_its_type_says(name: str, schemas: Mapping[str, Any]) -> None:
    checked, problems = 0, []
    for log in story(name):
        if schema := schemas.get(log.type):
            checked += 1
            data = dict(log.data)
            problems += [(log.type, problem) for problem in _violations(schema, data) + _invented([schema], data)]
    assert problems == []
    assert checked > 0.9 * len(story(name))


@names
@seeds
def test_a_story_is_in_order_within_its_time_and_every_log_can_be_read(name: str, seed: int) -> None:
    logs = story(name, seed)
    dates = [datetime.fromisoformat(log.date) for log in logs]
    assert dates == sorted(dates)
    assert END - timedelta(seconds=SCENARIOS[name].seconds) <= dates[0] < dates[-1] <= END
    assert len({log.log_id for log in logs}) == len(logs)
    assert {log.type for log in logs} <= set(LOG_TYPES)
    assert all(parse_event({"detail": json.loads(detail_json(log))}) == log for log in logs)


@names
def test_only_addresses_and_domains_for_documentation_occur(name: str) -> None:
    texts = {text for log in story(name, scale=3) for text in _texts(log.data)}
    assert len(texts) > 100
    assert {text: found for text in texts if (found := _undocumented(text))} == {}


@names
def test_scale_multiplies_and_duration_does_not(name: str) -> None:
    once = len(story(name))
    assert 1.7 * once < len(story(name, scale=3)) < 3.5 * once
    short = story(name, duration=timedelta(minutes=1))
    assert len(short) == once
    assert datetime.fromisoformat(short[0].date) >= END - timedelta(minutes=1)


@names
def test_a_user_has_one_id_and_one_connection_throughout(name: str) -> None:
    ids: dict[str, set[tuple[str, str]]] = {}
    for log in story(name, scale=3):
        if log.data.get("user_id") and log.data.get("user_name") and log.connection:
            ids.setdefault(log.data["user_name"], set()).add((log.data["user_id"], log.connection))
    assert len(ids) > 10
    assert {len(found) for found in ids.values()} == {1}
