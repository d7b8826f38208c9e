"""What does the shell see of `python -m ops replay`?"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.emulated.ops.calls import answer
from tests.emulated.ops.replay.account import Account

Run = Callable[..., tuple[int, str, str]]


def test_a_dry_run_is_the_default_and_says_what_would_come_to_whom(run: Run, account: Account) -> None:
    account.log("limit_wc", "s", "limit_wc")
    code, out, err = run("--all-rules")
    assert (code, err, account.replays()) == (0, "", [])
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
    (replay,) = account.replays()
    (arn,) = replay["Destination"]["FilterArns"]
    assert arn.endswith("/AttackProtection")
    assert replay["EventStartTime"] == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert replay["EventEndTime"] == datetime(2026, 11, 24, 13, tzinfo=UTC)
    assert f"ops: replay {replay['ReplayName']} of " in err


def test_all_rules_are_those_of_the_bus_whoever_made_them(run: Run, account: Account) -> None:
    assert run("--all-rules", "--go", "--json")[0] == 0
    assert "FilterArns" not in account.replays()[0]["Destination"]


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
    assert f"The rest: `python -m ops replay {options} --go`\n" in out


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
    code, out, _ = run("--rule", "AttackProtection", "--go", "--detach", "--region", "eu-west-1")
    assert code == 0
    assert "`python -m ops replay --list --region eu-west-1` says how far it is" in out
    assert out.startswith("STARTING Auth0Events-dev-")
    assert "--cancel Auth0Events-dev-" in out


def test_replays_are_listed_and_cancelled_by_name(run: Run, account: Account) -> None:
    assert run("--list")[1] == "No replay of Auth0Events-dev in eu-west-1 in the last 90 days.\n"
    run("--rule", "AttackProtection", "--go")
    (replay,) = account.replays()
    name = replay["ReplayName"]
    assert run("--list")[1].startswith(f"COMPLETED {name} in ")
    assert run("--cancel", name)[0] == 1  # too late
    account.describe(State="CANCELLED", EventSourceArn=replay["EventSourceArn"])
    assert run("--cancel", name)[0] == 0
    account.describe(State="RUNNING", EventSourceArn="arn:aws:events:eu-west-1:123456789012:archive/other")
    code, _, err = run("--cancel", name)
    assert (code, "is of another archive than Auth0Events-dev" in err) == (2, True)
