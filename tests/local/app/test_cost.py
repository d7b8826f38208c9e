"""Does what is deployed cost what its synthesis says?"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from demo.auth0 import EVENT_SOURCE
from demo.cdk import CHECKOUT
from stacks.settings import Settings
from tests.infrastructure.assembly import synthesise
from tests.local.app.deployment import Deployment

pytestmark = pytest.mark.local


def cost(deployed: Deployment, *arguments: str) -> Any:
    command = [sys.executable, "-m", "ops", "cost", "--json", *arguments]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=dict(deployed.customer.environment), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_deployed_templates_have_the_figures_of_the_synthesised_ones(deployed: Deployment, tmp_path: Path) -> None:
    folder = tmp_path / "cdk.out"
    synthesise(Settings(event_source=(EVENT_SOURCE,)), folder)
    found, expected = cost(deployed), cost(deployed, "--from", str(folder))
    assert found["region"] == deployed.customer.region
    assert expected["region"] is None
    assert found["months"] == expected["months"]
    assert found["a_million_events"] == expected["a_million_events"]
