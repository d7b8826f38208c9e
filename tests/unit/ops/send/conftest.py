"""A sender whose every payload is known, and the shell before it."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws

from ops.__main__ import main
from tests.unit.ops.calls import answer, deploy
from tests.unit.ops.send.files import Bus
from tests.unit.ops.world import REGION

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

    def resources(arguments: Any) -> Any:
        kind = {"PhysicalResourceId": SENDER, "ResourceType": "AWS::Lambda::Function"}
        found = (
            [{"LogicalResourceId": "SenderFunction1A2B3C4D", **kind}] if "dev-Sender" in arguments["StackName"] else []
        )
        return {"StackResourceSummaries": found}

    with mock_aws(), monkeypatch.context() as patch:
        deploy(patch, REGION)
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
