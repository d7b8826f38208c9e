"""Is every log in exactly one portion, and is a portion as small as the sender, the rate and the time want it?"""

import json
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.send.portion import MOST_EVENTS, given_portions, most_at
from tests.unit.ops.send.test_portion import CODES, Time, generated, ids, logs, run_of


@given(st.integers(0, 50), st.integers(1, 12), st.sampled_from([0.0, 0.3, 2.0]), st.booleans())
def test_every_log_is_in_one_portion_in_order(count: int, most: int, step: float, live: bool) -> None:  # noqa: FBT001 - drawn
    portions = list(given_portions(logs(count, step=step), most=most, in_real_time=live))
    assert [each for portion in portions for each in ids(portion)] == [str(number) for number in range(count)]
    assert all(1 <= portion.count == len(ids(portion)) <= most for portion in portions)


@pytest.mark.parametrize(("count", "rate"), [(1, None), (11_000, None), (2_500, 1_000.0), (400, 1.0), (400, 7.5)])
def test_generated_logs_take_turns_over_all_requests_with_distinct_log_ids(count: int, rate: float | None) -> None:
    made = generated(run_of(count, rate=rate))
    found = Counter(json.loads(entry.detail)["data"]["type"] for entry in made)
    assert (found.total(), len({entry.log_id for entry in made})) == (count, count)
    assert len(found) == min(count, len(CODES))
    assert max(found.values()) - min(found.values()) <= 1


@given(st.floats(0.1, 500), st.lists(st.floats(0, 3), min_size=2, max_size=30))
def test_never_more_than_the_rate_whatever_the_calls_take(rate: float, calls: list[float]) -> None:
    time, sent = Time(), []
    pace, most = time.pace(rate), most_at(rate, MOST_EVENTS)
    for portion, call in zip(given_portions(logs(most * len(calls)), most=most), calls, strict=True):
        pace.wait(portion)
        sent.append((time.now, portion.count))
        time.now += call
    for (before, count), (after, _) in pairwise(sent):
        assert after - before >= count / rate - 1e-6
