"""Is every log in exactly one portion, and is a portion as small as the sender, the rate and the time want it?"""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lambda_src.auth0_events.log_types import LOG_TYPES
from lambda_src.sender.entries import MOST_BYTES as MOST_BYTES_OF_ENTRY
from lambda_src.sender.entries import Entry
from lambda_src.sender.request import MOST_EVENTS as MOST_OF_THE_SENDER
from lambda_src.sender.request import parse_request
from ops.send.generated import Run
from ops.send.pace import Pace
from ops.send.portion import MOST_EVENTS, Given, Portion, given_portions, most_at

CODES = tuple(LOG_TYPES)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LAMBDA_TAKES = 6 * 1024 * 1024  # https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html


def logs(count: int, *, size: int = 10, step: float = 0) -> list[Given]:
    made = []
    for number in range(count):
        detail = json.dumps({"log_id": str(number), "data": {"type": "s", "filler": "x" * size}})
        moment = NOW + timedelta(seconds=step * number)
        made.append(Given(detail=detail, type="s", moment=moment, place=f"line {number}"))
    return made


def ids(portion: Portion) -> list[str]:
    return [event["log_id"] for event in json.loads(portion.payload)["events"]]


def test_a_portion_fits_into_a_request_of_lambda_even_with_the_largest_events() -> None:
    many = 12 * logs(1, size=MOST_BYTES_OF_ENTRY - 100)
    sizes = [len(portion.payload.encode()) for portion in given_portions(many, most=MOST_EVENTS)]
    assert len(sizes) > 1
    assert max(sizes) < LAMBDA_TAKES


def test_what_is_wrong_comes_after_everything_before_it() -> None:
    def broken() -> Any:
        yield from logs(5)
        raise ValueError("the sixth")

    given_out: list[list[str]] = []
    with pytest.raises(ValueError, match="the sixth"):
        given_out.extend(ids(portion) for portion in given_portions(broken(), most=3))
    portions = given_portions(broken(), most=3)
    assert [ids(next(portions)), ids(next(portions))] == [["0", "1", "2"], ["3", "4"]]


def test_in_real_time_nothing_goes_before_it_happened_nor_much_later() -> None:
    for portion in given_portions(logs(20, step=0.4), most=100, in_real_time=True):
        happened = [NOW + timedelta(seconds=0.4 * int(each)) for each in ids(portion)]
        assert portion.due == happened[-1]
        assert happened[-1] - happened[0] <= timedelta(seconds=1)


def run_of(count: int, *, first: int = 0, rate: float | None = None) -> Run:
    return Run(codes=CODES, seed=5, at=NOW, first=first, count=count, rate=rate)


def generated(run: Run) -> list[Entry]:
    """What the sender makes of all its portions."""
    later = NOW + timedelta(days=1)
    requests = [
        parse_request(json.loads(each.payload), source="s", default_seed=0, now=later) for each in run.portions()
    ]
    assert [request.count for request in requests] == [portion.count for portion in run.portions()]
    return [entry for request in requests for entry in request.entries]


@pytest.mark.parametrize("rate", [None, 100.0])
def test_a_run_that_goes_on_makes_the_logs_of_the_rest_with_the_same_log_ids(rate: float | None) -> None:
    run = run_of(400, rate=rate)
    rest = replace(run, first=100, count=300, at=run.moment(100))
    assert [entry.log_id for entry in generated(rest)] == [entry.log_id for entry in generated(run)][100:]


def test_what_the_sender_had_no_time_for_is_the_rest_of_the_same_logs() -> None:
    (portion,) = run_of(50).portions()
    assert portion.rest
    rest = portion.rest(20)
    request = parse_request(json.loads(rest.payload), source="s", default_seed=0, now=NOW)
    assert (rest.count, rest.place) == (30, "log 21 to log 50")
    assert [*request.entries] == generated(run_of(50))[20:]


def test_a_million_need_a_hundred_requests_each_within_the_senders_limits() -> None:
    portions = list(run_of(1_000_000).portions())
    assert (len(portions), sum(portion.count for portion in portions)) == (100, 1_000_000)
    for portion in (portions[0], portions[1], portions[-1]):
        request = parse_request(json.loads(portion.payload), source="s", default_seed=0, now=NOW)
        assert request.count == 10_000 <= MOST_OF_THE_SENDER


@pytest.mark.parametrize(("rate", "most"), [(None, 1_000), (0.5, 1), (1, 1), (30.9, 30), (5_000, 1_000)])
def test_at_a_low_rate_portions_are_small(rate: float | None, most: int) -> None:
    assert most_at(rate, MOST_EVENTS) == most


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds

    def pace(self, rate: float | None) -> Pace:
        return Pace(
            rate=rate, seconds=lambda: self.now, now=lambda: NOW + timedelta(seconds=self.now), sleep=self.sleep
        )


def test_without_a_rate_nothing_waits_and_what_is_due_waits_for_its_moment() -> None:
    time = Time()
    for portion in given_portions(logs(3, step=2), most=1):
        time.pace(None).wait(portion)
    assert time.now == 0
    for portion in given_portions(logs(3, step=2), most=1, in_real_time=True):
        time.pace(None).wait(portion)
    assert time.now == 4
