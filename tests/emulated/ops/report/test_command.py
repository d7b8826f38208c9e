"""What does the shell see of `python -m ops report`?"""

import json
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from ops.__main__ import main
from ops.event_log import OUTPUT
from ops.report.page import echarts
from tests.emulated.ops.calls import answer, deploy
from tests.unit.ops.names import REGION, event

GROUP = "event-log"


@pytest.fixture
def run(world: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """`python -m ops report` in an empty folder, where `dev` has an event log: its exit code and what it says."""
    monkeypatch.chdir(tmp_path)
    deploy(monkeypatch, REGION)
    with_event_log(monkeypatch)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ops", "report", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def with_event_log(monkeypatch: pytest.MonkeyPatch) -> None:
    boto3.client("logs").create_log_group(logGroupName=GROUP)
    boto3.client("logs").create_log_stream(logGroupName=GROUP, logStreamName="s")
    stack = {"StackStatus": "CREATE_COMPLETE", "CreationTime": datetime(2026, 11, 24, tzinfo=UTC)}
    outputs = [{"OutputKey": OUTPUT, "OutputValue": GROUP}]
    answer(monkeypatch, "DescribeStacks", lambda _: {"Stacks": [{**stack, "Outputs": outputs}]})
    empty: dict[str, list[object]] = {"StackResourceSummaries": []}
    answer(monkeypatch, "ListStackResources", lambda _: empty)


def write_events(*codes: str, ago: timedelta = timedelta(minutes=5), replay: str = "") -> None:
    at = int((datetime.now(UTC) - ago).timestamp() * 1_000)
    named = {"replay-name": replay} if replay else {}
    lines: Any = [{"timestamp": at, "message": json.dumps(event(f"log-{code}", code) | named)} for code in codes]
    boto3.client("logs").put_log_events(logGroupName=GROUP, logStreamName="s", logEvents=lines)


def test_a_page_is_written_and_its_path_events_and_size_are_said(run: Any, tmp_path: Path) -> None:
    write_events("s", "fp", "limit_wc")
    code, out, err = run("--since", "1h")
    (page,) = tmp_path.iterdir()
    assert (code, err) == (0, "")
    assert out.startswith(f"{page.name}\n3 events, ")
    assert out.endswith(f"; {page.stat().st_size / 1_000:,.0f} kB\n")
    assert "somebody@example.com" not in page.read_text()


def test_what_replays_brought_is_said_at_the_foot(run: Any, tmp_path: Path) -> None:
    write_events("s")
    write_events("s", "fp", replay="again")
    assert run("--output", "page.html")[1].splitlines()[1].startswith("1 events, ")
    assert "counts twice. Not counted: 2 that replays brought.</p>" in (tmp_path / "page.html").read_text()


def test_without_events_there_is_a_page_that_says_so(run: Any, tmp_path: Path) -> None:
    code, out, _ = run("--output", "empty.html")
    assert (code, out.splitlines()[0]) == (0, "empty.html")
    assert "No event came in this window." in (tmp_path / "empty.html").read_text()


def test_json_has_the_figures_and_no_page_is_written(run: Any, tmp_path: Path) -> None:
    write_events("s", "fp", "brand_new")
    write_events("s", ago=timedelta(minutes=70))
    code, out, _ = run("--since", "1h", "--json", "--compare")
    told = json.loads(out)
    assert (code, told["events"], told["failed_logins"], told["before"]["events"]) == (0, 3, 1, 1)
    assert told["by_category"]["counts"]["not in the catalogue"] == 1
    assert (told["page"], list(tmp_path.iterdir())) == (None, [])
    assert "somebody@example.com" not in out


def test_json_writes_the_page_that_is_named(run: Any, tmp_path: Path) -> None:
    told = json.loads(run("--json", "--output", "page.html")[1])
    assert told["page"] == {"path": "page.html", "bytes": (tmp_path / "page.html").stat().st_size}


def test_personal_data_are_for_their_owner_alone(run: Any, tmp_path: Path) -> None:
    write_events("fp")
    code, out, _ = run("--personal", "--output", "page.html")
    assert (code, "with personal data" in out) == (0, True)
    assert "somebody@example.com" in (tmp_path / "page.html").read_text()
    assert stat.S_IMODE((tmp_path / "page.html").stat().st_mode) == 0o600


def test_a_report_is_replaced_and_nothing_else(run: Any, tmp_path: Path) -> None:
    assert [run("--output", "page.html")[0] for _ in range(2)] == [0, 0]
    (tmp_path / "mine.html").write_text("<p>mine</p>")
    code, out, err = run("--output", "mine.html")
    assert (code, out) == (2, "")
    assert err == "ops: --output mine.html is there and no report: choose another name, or remove it\n"
    assert (tmp_path / "mine.html").read_text() == "<p>mine</p>"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (".", "--output . is a folder"),
        ("nowhere/page.html", "its folder is not"),
        ("\udcff/x", "its folder is not"),
        ("/dev/stdout", "is there and no report"),
    ],
)
def test_a_place_where_no_page_can_be_is_one_line(run: Any, path: str, said: str) -> None:
    code, out, err = run("--output", path)
    assert (code, out, err.count("\n"), said in err) == (2, "", 1, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "0001-01-01"), "--since 0001-01-01 is before 1970"),
        (("--since", "1980-01-01", "--compare"), "leave --compare out"),
    ],
)
def test_a_window_before_cloudwatchs_time_is_one_line(run: Any, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n"), said in err) == (2, "", 1, True)


def test_a_window_to_the_end_of_time_is_a_page(run: Any) -> None:
    assert run("--since", "1970-01-01", "--until", "9999-12-31T23:59:59Z", "--output", "all.html")[0] == 0


def test_ctrl_c_is_exit_code_130_and_no_page(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_arguments: object) -> None:
        raise KeyboardInterrupt

    answer(monkeypatch, "FilterLogEvents", interrupt)
    code, _, err = run()
    assert (code, err.strip(), list(tmp_path.iterdir())) == (130, "ops: interrupted", [])


@pytest.mark.usefixtures("run")
def test_without_echarts_it_says_how_to_get_it(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ops.report.page.ECHARTS", tmp_path / "none.js")
    echarts.cache_clear()
    code, _, err = run()
    assert (code, err) == (2, "ops: the charts' library ECharts is not in node_modules: run `make setup`\n")
