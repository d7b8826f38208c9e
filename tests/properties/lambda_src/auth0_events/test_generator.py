"""Are generated logs reproducible, distinct, harmless, and of the kind that they say?"""

import itertools
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lambda_src.auth0_events.envelope import detail_json, parse_event
from lambda_src.auth0_events.generator import generate_log, generate_logs
from tests.unit.lambda_src.auth0_events.test_generator import CODES, NOW, SEEDS, _data, _undocumented

codes = st.sampled_from(CODES)
# Fixed offsets, not named zones: a small machine has no database of them.
zones = st.timedeltas(min_value=timedelta(hours=-14), max_value=timedelta(hours=14)).map(timezone)
moments = st.builds(
    lambda day, zone: (NOW + day).astimezone(zone), st.timedeltas(timedelta(-15_000), timedelta(99_999)), zones
)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, the keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from itertools.chain.from_iterable(map(_texts, value))
    elif isinstance(value, dict):
        yield from itertools.chain.from_iterable(map(_texts, [*value, *value.values()]))


@given(codes, st.integers(), st.integers(min_value=0, max_value=10**9))
def test_the_same_arguments_give_the_same_bytes(code: str, seed: int, index: int) -> None:
    first, second = (detail_json(generate_log(code, seed=seed, index=index, now=NOW)) for _ in range(2))
    assert first == second


def test_twenty_thousand_log_ids_are_distinct_digits() -> None:
    made = itertools.chain(
        generate_logs(codes=CODES, count=10_000, seed=1, now=NOW),
        generate_logs(codes=CODES, count=5_000, seed=2, now=NOW),
        (generate_log(CODES[n % 179], seed=n // 179, index=7, now=NOW) for n in range(1_000, 6_000)),
    )
    log_ids = {log.log_id for log in made}
    assert len(log_ids) == 20_000
    assert all(re.fullmatch(r"90020261123\d{45}", log_id) for log_id in log_ids)


@given(codes, st.integers(), moments)
def test_a_log_happened_ten_to_fifteen_seconds_ago_in_utc(code: str, seed: int, now: datetime) -> None:
    log = generate_log(code, seed=seed, index=0, now=now)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", log.date)
    assert timedelta(seconds=10) <= now - datetime.fromisoformat(log.date) <= timedelta(seconds=15)


def test_only_addresses_and_domains_for_documentation_occur() -> None:
    texts = {text for code in CODES for seed in SEEDS for text in _texts(_data(code, seed))}
    assert len(texts) > 1_000
    assert {text: found for text in texts if (found := _undocumented(text))} == {}


@given(codes, st.integers(), st.integers(min_value=0, max_value=10**15))
def test_any_log_is_an_event_that_can_be_read_again_and_names_nobody_real(code: str, seed: int, index: int) -> None:
    log = generate_log(code, seed=seed, index=index, now=NOW)
    assert parse_event({"detail": json.loads(detail_json(log))}) == log
    assert log.type == code
    assert [found for text in _texts(log.data) for found in _undocumented(text)] == []


def test_no_template_is_left_unfilled() -> None:
    unfilled = [
        text for code in CODES for seed in SEEDS for text in _texts(_data(code, seed)) if re.search(r"[{}]", text)
    ]
    assert unfilled == []


def test_the_same_person_has_the_same_id_in_every_log() -> None:
    ids_of: dict[str, set[str]] = {}
    for index in range(2_000):
        data = generate_log("fp", seed=1, index=index, now=NOW).data
        ids_of.setdefault(data["user_name"], set()).add(data["user_id"])
    assert len(ids_of) > 100
    assert {len(ids) for ids in ids_of.values()} == {1}
