"""What does the shell see of `python -m ops verify`?"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from moto import mock_aws

from ops.__main__ import main
from stacks.routes import ROUTES
from tests.emulated.ops.calls import answer, deploy
from tests.emulated.ops.verify.pipeline import BUS, pattern
from tests.unit.ops.names import REGION, SENDER

STACKS = {
    "Targets": {f"{route.name}OnSimulationBus1A2B3C4D": ("AWS::Events::Rule", route.name) for route in ROUTES},
    "Sender": {"SenderFunction1A2B3C4D": ("AWS::Lambda::Function", SENDER)},
}
OUTPUTS = {"SimulationBusName": BUS, "EventLogGroupName": "event-log", "AlertLogGroupName": "alert"}


@pytest.fixture
def run(credentials: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    def ops(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ops", "verify", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    with mock_aws():
        yield ops


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment with event log and alert, whose sender is interrupted."""

    def stacks(_arguments: Any) -> Any:
        outputs = [{"OutputKey": key, "OutputValue": value} for key, value in OUTPUTS.items()]
        created = datetime(2026, 11, 24, tzinfo=UTC)
        return {"Stacks": [{"StackStatus": "CREATE_COMPLETE", "CreationTime": created, "Outputs": outputs}]}

    def resources(arguments: Any) -> Any:
        found = STACKS.get(arguments["StackName"].rpartition("-")[2], {}).items()
        return {
            "StackResourceSummaries": [
                {"LogicalResourceId": id_, "ResourceType": kind, "PhysicalResourceId": name}
                for id_, (kind, name) in found
            ]
        }

    def rules(_arguments: Any) -> Any:
        listed = [{"Name": route.name, "EventPattern": json.dumps(pattern(route))} for route in ROUTES]
        return {"Rules": listed, "ResponseMetadata": {"HTTPHeaders": {}}}

    def interrupt(_arguments: Any) -> Any:
        raise KeyboardInterrupt

    for operation, function in (
        ("DescribeStacks", stacks),
        ("ListStackResources", resources),
        ("ListRules", rules),
        ("Invoke", interrupt),
    ):
        answer(monkeypatch, operation, function)


@pytest.mark.usefixtures("deployed")
def test_ctrl_c_says_how_far_it_came_and_is_exit_code_130(run: Any) -> None:
    code, out, err = run()
    assert code == 130
    assert "Interrupted while the events were being sent: some may arrive yet, marked verify-" in out
    assert err == "2 events are being sent\n"
    code, out, _ = run("--json")
    assert (code, json.loads(out)["interrupted"], json.loads(out)["complete"]) == (130, True, False)


@pytest.mark.usefixtures("deployed")
def test_nothing_left_to_test_is_a_wrong_call(run: Any) -> None:
    code, out, err = run("--skip", "logs", "--skip", "kinesis", "--skip", "lambda")
    assert (code, out) == (2, "")
    assert "ops: nothing is left to test in Auth0Events-dev in eu-west-1" in err


def test_an_environment_without_a_simulator_is_one_line_and_exit_code_2(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(monkeypatch, REGION)
    code, out, err = run()
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith("ops: Auth0Events-dev in eu-west-1 has no simulator")


@pytest.mark.parametrize("wrong", [("--each", "0"), ("--skip", "sqs"), ("--timeout", "0"), ("--timeout", "never")])
def test_a_wrong_value_is_told_with_what_is_expected(run: Any, wrong: tuple[str, str]) -> None:
    code, out, err = run(*wrong)
    assert (code, out) == (2, "")
    assert f"Invalid value for '{wrong[0]}'" in err
