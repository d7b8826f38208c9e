"""Is the window the one that was meant?"""

import json
from datetime import UTC, datetime, timedelta

import click
import pytest
from click.testing import CliRunner, Result

from ops.window import Window, within


@click.command()
@within("1h")
def show(window: Window) -> None:
    click.echo(json.dumps([window.start.isoformat(), window.end.isoformat()]))


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(show, list(arguments))


def window(*arguments: str) -> tuple[datetime, datetime]:
    start, end = json.loads(invoke(*arguments).output)
    return datetime.fromisoformat(start), datetime.fromisoformat(end)


def test_the_default_window_ends_now() -> None:
    start, end = window()
    assert timedelta(minutes=59) < end - start < timedelta(minutes=61)
    assert abs(datetime.now(UTC) - end) < timedelta(seconds=30)


@pytest.mark.parametrize(
    ("since", "seconds"), [("90s", 90), ("15m", 900), ("24h", 86_400), ("7d", 604_800)], ids=lambda value: str(value)
)
def test_an_age_is_taken_from_now(since: str, seconds: int) -> None:
    start, end = window("--since", since)
    assert abs((end - start).total_seconds() - seconds) < 5


@pytest.mark.parametrize("time", ["2026-11-24T12:00:00Z", "2026-11-24T12:00", "2026-11-24T14:00:00+02:00"])
def test_a_time_is_utc_unless_it_says_otherwise(time: str) -> None:
    assert window("--since", time, "--until", "2026-11-25")[0] == datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("wrong", ["yesterday", "15 m", "-1h", "", "99999999999999d", "999999999d"])
def test_a_wrong_time_is_one_line_with_the_value(wrong: str) -> None:
    result = invoke("--since", wrong)
    assert (result.exit_code, repr(wrong) in result.output, "Traceback" in result.output) == (2, True, False)


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    result = invoke("--since", "2026-11-24", "--until", "2020-01-01")
    assert result.exit_code == 2
    assert "--since 2026-11-24 00:00:00 UTC is not before --until 2020-01-01 00:00:00 UTC" in result.output


@pytest.mark.parametrize("since", ["0m", "now"])
def test_a_window_of_nothing_is_refused(since: str) -> None:
    result = invoke("--since", since)
    assert (result.exit_code, "is not before --until" in result.output) == (2, True)


def test_milliseconds_are_whole() -> None:
    """By way of a float, 1.001 seconds would be 1,000 milliseconds."""
    start = datetime.fromtimestamp(0, UTC)
    assert Window(start=start, end=start + timedelta(milliseconds=1_001)).end_ms == 1_001
