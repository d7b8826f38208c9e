"""Does the canary come through where all is well, and does it name what is broken?

What is broken here is repaired here: the tests of the other files run on the same deployment.
"""

import json
import subprocess
import sys
from typing import Any

import pytest

from demo.cdk import CHECKOUT
from ops.ends import ENDS, lines
from stacks.route import Target
from tests.local.app.broken import without_topic
from tests.local.app.deployment import Deployment, eventually

pytestmark = pytest.mark.local


def ops(deployed: Deployment, *arguments: str) -> tuple[int, Any, str]:
    """The exit code, what `--json` says, and what the error output says."""
    done = subprocess.run(
        [sys.executable, "-m", "ops", *arguments, "--json"],
        cwd=CHECKOUT,
        env=dict(deployed.customer.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout), done.stderr


def test_a_canary_comes_out_at_every_end_of_a_deployment_that_is_well(deployed: Deployment) -> None:
    code, said, progress = ops(deployed, "verify", "--each", "2")
    assert (code, said["complete"], said["differences"], len(said["sent"])) == (0, True, [], 8)
    assert {end["target"]: end["arrived"] for end in said["ends"]} == {
        "kinesis": 8,
        "logs": 8,
        "lambda": 2,
        "ecs": 2,
        "ec2": 2,
    }
    assert {each["target"]: each["events"] for each in said["latencies"]} == {
        end["target"]: end["arrived"] for end in said["ends"]
    }
    assert all(-2 < each["in_all"]["p50"] <= each["in_all"]["p95"] < 60 for each in said["latencies"])
    assert "The partner bus was not tested" in said["notes"][0]
    assert progress.splitlines()[-1] == "22 of 22 arrivals"


def test_a_target_that_is_broken_is_named_with_its_queue_and_after_the_repair_the_event_arrives(
    deployed: Deployment,
) -> None:
    with without_topic(deployed):
        code, said, _ = ops(deployed, "verify", "--timeout", "8")
    assert (code, said["complete"]) == (1, False)
    (broken,) = [end for end in said["ends"] if end["missing"]]
    assert (broken["route"], broken["target"]) == ("AttackProtection", "lambda")
    (log_id,) = broken["missing"]
    assert f"{log_id}: kept in AlertRouteUnprocessed, RetriesExhausted" in broken["next"][0]
    assert ops(deployed, "redrive", "AlertRouteUnprocessed", "--go")[1]["put_back"] >= 1
    output, read = ENDS[Target.ALERT]
    assert eventually(
        lambda: (
            log_id in [each for line in lines(deployed.customer.logs, deployed.outputs[output]) for each in read(line)]
        )
    )
