"""Does the canary come through where all is well, and does it name what is broken?

What is broken here is repaired here: the tests of the other files run on the same deployment.
"""

import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from ops.ends import ENDS
from ops.verify.command import exit_code
from ops.verify.report import Report
from ops.verify.run import prepare, verify
from ops.verify.watch import Time, Watch
from stacks.route import Target
from stacks.routes import ROUTES
from tests.local.app.broken import without_topic
from tests.local.app.commands import found, ops
from tests.local.app.deployment import PATIENCE, Deployment, eventually

pytestmark = pytest.mark.local


def run(deployed: Deployment, *arguments: str) -> tuple[int, Any, str]:
    """The exit code, what `--json` says, and what the error output says."""
    ran = ops(deployed.customer.environment, *arguments, "--json")
    assert ran.code in (0, 1), ran.errors
    return ran.code, ran.told, ran.errors


def given_up_after(deployed: Deployment, is_enough: Callable[[Watch], bool]) -> Report:
    """Of a `verify` whose time runs out as soon as this is so, where an operator waits for minutes."""
    looks: list[Watch] = []
    clock = Time(
        now=lambda: time.monotonic() + PATIENCE * any(map(is_enough, looks[-1:])),
        wall=time.time,
        sleep=lambda seconds: time.sleep(min(seconds, 0.2)),
    )
    with found(deployed.customer.environment) as environment:
        report = prepare(environment, ROUTES, run=uuid.uuid4().hex[:12], each=1, skip=())
        verify(report, clock, timeout=PATIENCE, tell=looks.append)
        return report


def test_a_canary_comes_out_at_every_end_of_a_deployment_that_is_well(deployed: Deployment) -> None:
    code, said, progress = run(deployed, "verify", "--each", "2")
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
    def only_the_alert_is_missing_and_kept(watch: Watch) -> bool:
        letters = " ".join(letter["Body"] for letter in deployed.letters("AlertRouteUnprocessedQueue"))
        return watch.awaited() == {Target.ALERT: 1} and any(log_id in letters for log_id in watch.sent)

    with without_topic(deployed):
        report = given_up_after(deployed, only_the_alert_is_missing_and_kept)
        said = report.as_json()
    assert (exit_code(report), said["complete"]) == (1, False)
    (broken,) = [end for end in said["ends"] if end["missing"]]
    assert (broken["route"], broken["target"]) == ("AttackProtection", "lambda")
    (log_id,) = broken["missing"]
    assert f"{log_id}: kept in AlertRouteUnprocessed, RetriesExhausted" in broken["next"][0]
    assert run(deployed, "redrive", "AlertRouteUnprocessed", "--go")[1]["put_back"] >= 1
    read = ENDS[Target.ALERT].read
    assert eventually(lambda: log_id in [each for line in deployed.lines(Target.ALERT) for each in read(line)])
