"""A sender whose every payload is known, and the shell before it."""

import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from ops.__main__ import main
from tests.emulated.ops.calls import answer
from tests.unit.ops.send.files import Bus

STACKS = ("Auth0Events-dev-Targets", "Auth0Events-dev-Sender", "Auth0Events-quiet-Targets")
SENDER = "Auth0Events-dev-Sender-SenderFunction"


@pytest.fixture
def bus(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    """Behind the sender of a deployed environment `dev`; `quiet` has none."""
    bus = Bus()

    def invoke(arguments: Any) -> Any:
        assert arguments["FunctionName"] == SENDER
        said = bus.send(json.loads(arguments["Payload"]))
        error = {"FunctionError": "Unhandled"} if "errorType" in said else {}
        return {**error, "Payload": io.BytesIO(json.dumps(said).encode())}

    def described(arguments: Any) -> Any:
        if arguments["StackName"] not in STACKS:
            message = f"Stack with id {arguments['StackName']} does not exist"
            raise ClientError({"Error": {"Code": "ValidationError", "Message": message}}, "DescribeStacks")
        created = {"StackStatus": "CREATE_COMPLETE", "CreationTime": datetime(2026, 11, 24, tzinfo=UTC)}
        return {"Stacks": [{**created, "StackId": bus.deployment}]}

    def resources(arguments: Any) -> Any:
        sender = {"PhysicalResourceId": SENDER, "ResourceType": "AWS::Lambda::Function"}
        found = [{"LogicalResourceId": "SenderFunction1A2B3C4D", **sender}]
        return {"StackResourceSummaries": found if "dev-Sender" in arguments["StackName"] else []}

    with monkeypatch.context() as patch:
        answer(patch, "DescribeStacks", described)
        answer(patch, "ListStackResources", resources)
        answer(patch, "Invoke", invoke)
        yield bus


@pytest.fixture
def run(bus: Bus, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """`python -m ops send …`: exit code, output, error output. The places in files are kept in the test's folder."""

    def shell(*arguments: str, places: Path = tmp_path / "places") -> tuple[int, str, str]:
        checkpoints = ("--checkpoints", str(places)) if "--file" in arguments else ()
        monkeypatch.setattr(sys, "argv", ["ops", "send", *arguments, *checkpoints])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return shell


@pytest.fixture
def places(tmp_path: Path) -> Path:
    return tmp_path / "places"
