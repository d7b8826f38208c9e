"""What does the shell see of `python -m ops tail`?"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from ops.__main__ import main
from tests.emulated.ops.calls import answer
from tests.unit.ops.names import event

GROUP = "event-log"
BUSES = {
    "PartnerBusName": "aws.partner/auth0.com/one-0b1c/auth0.logs",
    "PartnerBus9f8e7d6cName": "aws.partner/auth0.com/two-9f8e/auth0.logs",
    "SimulationBusName": "Simulation",
}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def logs(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A deployed environment `dev` that is its event log alone."""
    with mock_aws():
        client = boto3.client("logs")
        client.create_log_group(logGroupName=GROUP)
        client.create_log_stream(logGroupName=GROUP, logStreamName="s")

        def described(_arguments: Mapping[str, Any]) -> Any:
            said = {"EventLogGroupName": GROUP, **BUSES}
            outputs = [{"OutputKey": key, "OutputValue": value} for key, value in said.items()]
            return {"Stacks": [{"StackStatus": "CREATE_COMPLETE", "CreationTime": None, "Outputs": outputs}]}

        answer(monkeypatch, "DescribeStacks", described)
        answer(monkeypatch, "ListStackResources", lambda _: {"StackResourceSummaries": []})
        yield client


@pytest.fixture
def write(logs: Any) -> Callable[..., None]:
    def put(*log_ids: str, log_type: str = "limit_wc", minutes: float = 1, source: str = "s") -> None:
        at = int((datetime.now(UTC) - timedelta(minutes=minutes)).timestamp() * 1_000)
        lines = [
            {"timestamp": at, "message": json.dumps(event(log_id, log_type) | {"source": source})} for log_id in log_ids
        ]
        logs.put_log_events(logGroupName=GROUP, logStreamName="s", logEvents=lines)

    return put


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def ops(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ops", "tail", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return ops


def test_the_last_ten_minutes_are_shown_without_personal_data(run: Run, write: Any) -> None:
    write("long-ago", minutes=11)
    write("log-1", "log-2")
    code, out, err = run("--no-follow")
    assert (code, err) == (0, "")
    assert [line.rpartition("log_id=")[2] for line in out.splitlines()] == ["log-1", "log-2"]
    assert "somebody@example.com" not in out
    assert "\x1b" not in out  # no colours where no terminal reads
    assert "user=somebody@example.com" in run("--no-follow", "--personal")[1]


def test_filters_and_since_choose(run: Run, write: Any) -> None:
    write("long-ago", minutes=30)
    write("log-1", log_type="fp")
    assert run("--no-follow", "--since", "1h", "--category", "system.notification")[1].endswith("log_id=long-ago\n")
    assert run("--no-follow", "--since", "1h", "--type", "fp")[1].endswith("log_id=log-1\n")


def test_a_type_that_is_newer_than_the_catalogue_is_shown_with_a_note(run: Run, write: Any) -> None:
    write("log-1", log_type="limit_w")
    code, out, err = run("--no-follow", "--type", "limit_w")
    assert (code, out.endswith("log_id=log-1\n"), err.count("\n")) == (0, True, 1)
    assert "unknown Auth0 log type 'limit_w'; nearest known: limit_wc" in err
    assert err.endswith("; shown if it comes all the same\n")


def test_a_limit_ends_it_though_it_follows(run: Run, write: Any) -> None:
    write("log-1", "log-2", "log-3")
    code, out, _ = run("--limit", "2")
    assert (code, out.count("\n")) == (0, 2)


def test_json_is_an_object_a_line_and_the_whole_event_only_where_it_is_asked_for(run: Run, write: Any) -> None:
    write("log-1", "log-2")
    _, out, _ = run("--no-follow", "--json")
    assert [json.loads(line)["log_id"] for line in out.splitlines()] == ["log-1", "log-2"]
    assert "somebody@example.com" not in out
    _, out, _ = run("--limit", "1", "--json", "--whole")
    assert json.loads(out)["event"]["detail"]["data"]["user_name"] == "somebody@example.com"


@pytest.mark.usefixtures("logs")
def test_nothing_at_all_is_said_beside_the_output(run: Run) -> None:
    code, out, err = run("--no-follow", "--since", "2026-11-24T12:00:00Z", "--type", "fp")
    assert (code, out, err) == (0, "", "ops: no event that fits since 2026-11-24 12:00:00 UTC\n")


@pytest.mark.usefixtures("logs")
def test_a_bus_that_is_not_there_is_said_with_those_that_are(run: Run) -> None:
    code, out, err = run("--no-follow", "--bus", "PartnerBus0b1c2d3e")
    assert (code, out) == (2, "")
    assert "has no bus PartnerBus0b1c2d3e; it has: partner, PartnerBus9f8e7d6c, simulation" in err


@pytest.mark.parametrize(("bus", "log_id"), [("partner", "one"), ("PartnerBus9f8e7d6c", "two"), ("simulation", "")])
def test_the_events_of_one_of_several_tenants_are_chosen_by_its_bus(
    run: Run, write: Any, bus: str, log_id: str
) -> None:
    write("one", source=BUSES["PartnerBusName"])
    write("two", source=BUSES["PartnerBus9f8e7d6cName"])
    _, out, _ = run("--no-follow", "--json", "--bus", bus)
    assert [json.loads(line)["log_id"] for line in out.splitlines()] == ([log_id] if log_id else [])


@pytest.mark.usefixtures("logs")
def test_ctrl_c_is_exit_code_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_arguments: object) -> None:
        raise KeyboardInterrupt

    answer(monkeypatch, "FilterLogEvents", interrupt)
    assert run() == (130, "", "\n")


def test_a_log_group_that_is_gone_is_one_line(run: Run, logs: Any) -> None:
    logs.delete_log_group(logGroupName=GROUP)
    code, out, err = run()
    assert (code, out) == (2, "")
    assert err == (
        "ops: the event log's group event-log is gone: `cdk deploy --all --revert-drift "
        "-c event_source=aws.partner/auth0.com/one-0b1c/auth0.logs,aws.partner/auth0.com/two-9f8e/auth0.logs`, "
        "with the settings of the last deployment, "
        "recreates it\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--type", "limit_w"], "unknown Auth0 log type 'limit_w'; nearest known: limit_wc"),
        (["--category", "login"], "unknown Auth0 log category 'login'; nearest known: auth.login."),
        (["--whole"], "--whole needs --json"),
        (["--since", "2999-01-01"], "Invalid value for '--since': 2999-01-01 00:00:00 UTC is in the future"),
        (["--since", "yesterday"], "'yesterday' is no time"),
        (["--limit", "0"], "0 is not in the range"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
