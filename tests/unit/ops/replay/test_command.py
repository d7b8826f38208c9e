"""What does the shell see of `python -m ops replay`?"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from lambda_src.auth0_events.envelope import DETAIL_TYPE, SIMULATION_SOURCE_PREFIX
from ops.__main__ import main
from tests.unit.ops.calls import answer
from tests.unit.ops.world import ACCOUNT, REGION, event

GROUP = "/aws/event-log"
PATTERN: dict[str, Any] = {"source": [{"prefix": SIMULATION_SOURCE_PREFIX}], "detail-type": [DETAIL_TYPE]}
ALERT = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:dev-Alert"
LOG_GROUP = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{GROUP}"
Run = Callable[..., tuple[int, str, str]]


class Account:
    """The environment `dev` in moto: a simulation bus with its archive, two rules, and an event log."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.events: Any = boto3.client("events")
        self.logs: Any = boto3.client("logs")
        self.resources = [self.bus("Simulation")]
        self.outputs = {"SimulationBusName": "Simulation", "EventLogGroupName": GROUP}
        self.rule("Everything", PATTERN, LOG_GROUP)
        self.rule("AttackProtection", PATTERN | {"detail": {"data": {"type": ["limit_wc"]}}}, ALERT)
        self.resources.append(("AWS::Lambda::Function", "AlertFunction", "dev-Alert"))
        self.resources.append(("AWS::Logs::LogGroup", "EventLog", GROUP))
        self.logs.create_log_group(logGroupName=GROUP)
        self.logs.create_log_stream(logGroupName=GROUP, logStreamName="s")
        answer(patch, "DescribeStacks", self._stacks)
        answer(patch, "ListStackResources", self._resources)

    def bus(self, name: str) -> tuple[str, str, str]:
        arn = self.events.create_event_bus(Name=name)["EventBusArn"]
        self.events.create_archive(ArchiveName=f"{name}Archive", EventSourceArn=arn, RetentionDays=30)
        return "AWS::Events::Archive", f"{name}BusArchive", f"{name}Archive"

    def rule(self, name: str, pattern: Any, target: str) -> None:
        self.events.put_rule(Name=name, EventBusName="Simulation", EventPattern=json.dumps(pattern))
        self.events.put_targets(Rule=name, EventBusName="Simulation", Targets=[{"Id": "1", "Arn": target}])

    def log(self, *log_types: str) -> None:
        at = datetime.now(UTC) - timedelta(minutes=30)
        for log_type in log_types:
            line = event("log-1", log_type) | {"source": f"{SIMULATION_SOURCE_PREFIX}t", "time": at.isoformat()}
            lines = [{"timestamp": int(at.timestamp() * 1_000), "message": json.dumps(line)}]
            self.logs.put_log_events(logGroupName=GROUP, logStreamName="s", logEvents=lines)

    def describe(self, **said: Any) -> None:
        """Each replay is as said from now on."""
        answer(self.patch, "DescribeReplay", lambda arguments: {"ReplayName": arguments["ReplayName"], **said})

    def _stacks(self, arguments: Mapping[str, Any]) -> Any:
        outputs = [{"OutputKey": key, "OutputValue": value} for key, value in self.outputs.items()]
        return {"Stacks": [{"StackStatus": "CREATE_COMPLETE", "CreationTime": None, "Outputs": outputs}]}

    def _resources(self, _arguments: object) -> Any:
        return {
            "StackResourceSummaries": [
                {"ResourceType": kind, "LogicalResourceId": f"{path}1A2B3C4D", "PhysicalResourceId": physical}
                for kind, path, physical in self.resources
            ]
        }


@pytest.fixture
def account(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    with mock_aws():
        yield Account(monkeypatch)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def ops(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ops", "replay", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return ops


def replays(account: Account) -> list[Any]:
    return [
        account.events.describe_replay(ReplayName=each["ReplayName"])
        for each in account.events.list_replays()["Replays"]
    ]


def test_a_dry_run_is_the_default_and_says_what_would_come_to_whom(run: Run, account: Account) -> None:
    account.log("limit_wc", "s", "limit_wc")
    code, out, err = run("--all-rules")
    assert (code, err, replays(account)) == (0, "", [])
    assert "a dry run, nothing is replayed" in out
    rows = [line.split() for line in out.splitlines() if "AttackProtection" in line or "Everything" in line]
    assert rows == [["AttackProtection", "2", "AlertFunction"], ["Everything", "3", "EventLog"]]
    assert out.endswith("`--go` starts it.\n")
    assert "somebody@example.com" not in out


def test_going_replays_to_the_rules_that_are_named_alone(run: Run, account: Account) -> None:
    code, out, err = run(
        *["--rule", "AttackProtection", "--go", "--since", "2026-11-24T12:00:00Z", "--until", "2026-11-24T13:00:00Z"]
    )
    assert code == 0
    assert out.startswith("COMPLETED Auth0Events-dev-2")
    (replay,) = replays(account)
    (arn,) = replay["Destination"]["FilterArns"]
    assert arn.endswith("/AttackProtection")
    assert replay["EventStartTime"] == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert replay["EventEndTime"] == datetime(2026, 11, 24, 13, tzinfo=UTC)
    assert f"ops: replay {replay['ReplayName']} of " in err


def test_all_rules_are_those_of_the_bus_whoever_made_them(run: Run, account: Account) -> None:
    assert run("--all-rules", "--go", "--json")[0] == 0
    assert "FilterArns" not in replays(account)[0]["Destination"]


def test_json_is_one_object(run: Run, account: Account) -> None:
    account.log("limit_wc")
    told = json.loads(run("--rule", "AttackProtection", "--json")[1])
    assert (told["dry_run"], told["bus"], told["archive"]) == (True, "simulation", "SimulationArchive")
    assert told["rules"] == [{"rule": "AttackProtection", "targets": ["AlertFunction"], "events": 1}]
    told = json.loads(run("--rule", "AttackProtection", "--json", "--go")[1])
    assert (told["dry_run"], told["interrupted"], told["replay"]["state"]) == (False, False, "COMPLETED")
    assert told["replay"]["rules"] == ["AttackProtection"]
    told = json.loads(run("--list", "--json")[1])
    assert [each["state"] for each in told["replays"]] == ["COMPLETED"]


def test_a_replay_that_failed_says_why_and_how_to_go_on_and_is_exit_code_1(run: Run, account: Account) -> None:
    start = datetime(2026, 11, 24, 12, tzinfo=UTC)
    account.describe(
        State="FAILED",
        StateReason="[red]broken\x1b[2J",
        EventStartTime=start,
        EventEndTime=start + timedelta(hours=1),
        EventLastReplayedTime=start + timedelta(minutes=5, seconds=7),
        Destination={"FilterArns": ["arn:aws:events:eu-west-1:123456789012:rule/bus/AttackProtection"]},
    )
    code, out, _ = run("--rule", "AttackProtection", "--go")
    assert code == 1
    assert ": [red]broken [2J\n" in out
    options = "--since 2026-11-24T12:05:00Z --until 2026-11-24T13:00:00Z --rule AttackProtection"
    assert f"The rest: {options}\n" in out


def test_one_that_somebody_else_cancelled_is_exit_code_1(run: Run, account: Account) -> None:
    account.describe(State="CANCELLED")
    assert run("--rule", "AttackProtection", "--go")[0] == 1


def test_one_that_is_interrupted_is_exit_code_130_and_its_state_is_said(run: Run, account: Account) -> None:
    interrupted: list[object] = []

    def interrupt_once(arguments: Mapping[str, Any]) -> Any:
        if not interrupted:
            interrupted.append(arguments)
            raise KeyboardInterrupt
        return {"ReplayName": arguments["ReplayName"], "State": "CANCELLED"}

    answer(account.patch, "DescribeReplay", interrupt_once)
    answer(account.patch, "CancelReplay", lambda _: {})
    code, out, err = run("--rule", "AttackProtection", "--go")
    assert code == 130
    assert out.startswith("CANCELLED Auth0Events-dev-")
    assert "Ctrl-C again does not wait for it" in err


def test_a_second_interruption_leaves_it_and_says_how_to_look(run: Run, account: Account) -> None:
    def interrupt(_arguments: object) -> None:
        raise KeyboardInterrupt

    answer(account.patch, "DescribeReplay", interrupt)
    answer(account.patch, "CancelReplay", lambda _: {})
    code, out, err = run("--rule", "AttackProtection", "--go")
    assert (code, out) == (130, "")
    name = account.events.list_replays()["Replays"][0]["ReplayName"]
    assert f"`--cancel {name}` cancels it" in err


def test_detached_it_is_left_to_itself(run: Run, account: Account) -> None:
    account.describe(State="STARTING")
    code, out, _ = run("--rule", "AttackProtection", "--go", "--detach")
    assert code == 0
    assert out.startswith("STARTING Auth0Events-dev-")
    assert "--cancel Auth0Events-dev-" in out


def test_replays_are_listed_and_cancelled_by_name(run: Run, account: Account) -> None:
    assert run("--list")[1] == "No replay of Auth0Events-dev in eu-west-1 in the last 90 days.\n"
    run("--rule", "AttackProtection", "--go")
    (replay,) = replays(account)
    name = replay["ReplayName"]
    assert run("--list")[1].startswith(f"COMPLETED {name} in ")
    assert run("--cancel", name)[0] == 1  # too late
    account.describe(State="CANCELLED", EventSourceArn=replay["EventSourceArn"])
    assert run("--cancel", name)[0] == 0
    account.describe(State="RUNNING", EventSourceArn="arn:aws:events:eu-west-1:123456789012:archive/other")
    code, _, err = run("--cancel", name)
    assert (code, "is of another archive than Auth0Events-dev" in err) == (2, True)


def test_without_the_event_log_a_plan_counts_nothing(run: Run, account: Account) -> None:
    account.logs.delete_log_group(logGroupName=GROUP)
    code, out, _ = run("--rule", "AttackProtection")
    assert code == 0
    assert ["AttackProtection", "?", "AlertFunction"] in [line.split() for line in out.splitlines()]
    assert "the events are not counted: the event log's group /aws/event-log is gone" in out


def test_of_two_buses_one_must_be_chosen(run: Run, account: Account) -> None:
    account.resources.append(account.bus("Partner"))
    code, _, err = run("--rule", "AttackProtection")
    assert (code, "choose with --bus partner or --bus simulation" in err) == (2, True)
    assert run("--bus", "simulation", "--rule", "AttackProtection")[0] == 0


def test_a_rule_of_aws_itself_is_none_to_choose(run: Run, account: Account) -> None:
    rules = [{"Name": "Events-Archive-a", "Arn": "arn:a", "ManagedBy": "prod.vhs.events.aws.internal"}]
    answer(account.patch, "ListRules", lambda _: {"Rules": rules})
    code, _, err = run("--rule", "Events-Archive-a")
    assert (code, "no rule on this bus is called 'Events-Archive-a'" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "ops: say to which rules: --rule with AttackProtection, Everything; or --all-rules"),
        (["--rule", "Nope"], "ops: no rule on this bus is called 'Nope'; there are: AttackProtection, Everything"),
        (["--bus", "partner", "--all-rules"], "has no partner bus; it has: simulation"),
        (["--cancel", "nope"], "ops: no replay is called 'nope'"),
        (["--since", "now", "--until", "now", "--rule", "A"], "holds no whole second of the past"),
    ],
)
@pytest.mark.usefixtures("account")
def test_what_is_not_there_is_said_with_what_is(run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_an_environment_without_an_archive_is_one_line(run: Run, account: Account) -> None:
    account.resources = []
    code, out, err = run("--all-rules")
    assert (code, out) == (2, "")
    assert "has no archive: its stack EventBus is not deployed" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rule", "A", "--all-rules"], "--rule and --all-rules: choose one"),
        (["--go", "--list"], "--go, --list and --cancel: choose one"),
        (["--detach", "--rule", "A"], "--detach needs --go"),
        (["--until", "2999-01-01", "--rule", "A"], "--until 2999-01-01 00:00:00 UTC is in the future"),
        (["--since", "1h", "--until", "2h", "--rule", "A"], "is not before --until"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
