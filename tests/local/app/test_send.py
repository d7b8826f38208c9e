"""Does what `python -m ops send` sends come out at the targets of the deployed app?"""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from demo.cdk import CHECKOUT
from lambda_src.auth0_events.envelope import detail_json
from lambda_src.auth0_events.generator import generate_log, generate_logs
from lambda_src.auth0_events.log_types import LOG_TYPES
from ops.send.generated import Run
from ops.send.job import Job, do
from ops.send.pace import Pace
from ops.send.plan import Plan
from ops.send.report import Report
from ops.send.sender import Sender, sender_of
from stacks.route import Target
from tests.local.app.commands import found, ops
from tests.local.app.deployment import Deployment, eventually

pytestmark = pytest.mark.local
RUN = slice(23, 37)  # of a generated log id: the digits that its seed and type give
COMMAND = [sys.executable, "-m", "ops", "send", "--json"]


def send(deployed: Deployment, *arguments: str, given: str = "") -> tuple[int, dict[str, Any]]:
    """The exit code, and what `--json` says."""
    ran = ops(deployed.customer.environment, "send", "--json", *arguments, given=given)
    return ran.code, ran.told


def arrived(deployed: Deployment, target: Target, *seeds: int) -> set[str]:
    """The log ids at this target that were made with one of the seeds: they say so themselves."""
    now = datetime.now(UTC)
    ours = {generate_log(code, seed=seed, index=0, now=now).log_id[RUN] for seed in seeds for code in LOG_TYPES}
    seen = deployed.arrivals()[target]
    return {log_id for log_id in seen if log_id[RUN] in ours}


def test_a_scenario_arrives_at_its_targets_type_by_type(deployed: Deployment) -> None:
    story = ("--scenario", "tenant-takeover", "--seed", "41")
    _, plan = send(deployed, *story, "--dry-run")
    code, done = send(deployed, *story)
    assert (code, done["sent"], done["failed"]) == (0, plan["total"], 0)
    expected = {
        Target.EVENT_LOG: plan["total"],
        Target.STREAM: plan["total"],
        Target.TASK: plan["types"]["sdu"],
        Target.INSTANCES: plan["types"]["sapi"] + plan["types"]["gd_tenant_update"],
    }

    def found() -> dict[Target, int]:
        return {target: len(arrived(deployed, target, 41)) for target in expected}

    eventually(lambda: found() == expected)
    assert found() == expected


def test_a_count_over_several_requests_has_distinct_log_ids_and_the_same_ones_when_it_goes_on(
    deployed: Deployment,
) -> None:
    at = datetime.now(UTC)
    run = ("--type", "slo", "--rate", "30", "--seed", "51")
    code, done = send(deployed, "--count", "60", *run, "--at", at.isoformat())
    assert (code, done["sent"]) == (0, 60)
    go_on = (at + timedelta(seconds=1)).isoformat()  # by which the second request is dated
    code, done = send(deployed, "--count", "40", *run, "--first", "30", "--at", go_on)
    assert (code, done["sent"]) == (0, 40)
    eventually(lambda: len(arrived(deployed, Target.EVENT_LOG, 51)) == 70)
    assert len(arrived(deployed, Target.EVENT_LOG, 51)) == 70


def test_calls_at_once_send_each_log_once(deployed: Deployment) -> None:
    """As `--at-once 2` does, but that a call makes sixty logs, where it makes ten thousand: here are three."""
    run = Run(codes=["slo"], seed=53, at=datetime.now(UTC), first=0, count=150, most=60)
    portions = list(run.portions())
    assert [portion.count for portion in portions] == [60, 60, 30]
    job = Job(report=Report(environment="dev", what="generated logs", total=150), portions=iter(portions), plan=Plan)
    pace = Pace(rate=None, seconds=time.monotonic, now=lambda: datetime.now(UTC), sleep=time.sleep)
    with found(deployed.customer.environment) as environment:
        sender = Sender(environment.aws, sender_of(environment), recreate="", sleep=time.sleep)
        do(job, sender, pace=pace, progress=lambda _: None, at_once=2)
    assert (job.report.counts.sent, job.report.counts.failed) == (150, 0)
    eventually(lambda: len(arrived(deployed, Target.EVENT_LOG, 53)) == 150)
    seen = deployed.arrivals()[Target.EVENT_LOG]
    assert [seen[log_id] for log_id in arrived(deployed, Target.EVENT_LOG, 53)] == [1] * 150


def test_a_backfill_that_is_killed_in_its_middle_and_run_again_loses_nothing(
    deployed: Deployment, tmp_path: Path
) -> None:
    logs = list(generate_logs(codes=tuple(LOG_TYPES), count=220, seed=42, now=datetime.now(UTC)))
    file, places = tmp_path / "export.ndjson", tmp_path / "places"
    file.write_text("".join(f"{detail_json(log)}\n" for log in logs), encoding="utf-8")
    options = ("--file", str(file), "--checkpoints", str(places))
    first = subprocess.Popen(
        [*COMMAND, *options, "--rate", "40"], cwd=CHECKOUT, env=dict(deployed.customer.environment)
    )
    assert eventually(lambda: list(places.glob("*.json")))
    os.kill(first.pid, signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    code, done = send(deployed, *options)
    assert (code, done["sent"], done["failed"]) == (0, len(logs), 0)
    assert 0 < done["earlier"] < len(logs)
    sent = {log.log_id: log.type for log in logs}
    for row in deployed.complete_ledger(sent):
        assert (row.route, row.missing) == (row.route, [])


def test_real_logs_from_standard_input_arrive_and_what_is_none_is_named(deployed: Deployment, tmp_path: Path) -> None:
    logs = list(generate_logs(codes=("fp", "limit_wc"), count=6, seed=43, now=datetime.now(UTC)))
    # as the Management API answers, with a log among them that is none
    given = json.dumps([*(dict(log.data) for log in logs[:3]), {"no": "log"}, *(dict(log.data) for log in logs[3:])])
    options = ("--file", "-", "--checkpoints", str(tmp_path))
    code, done = send(deployed, *options, "--skip-bad", given=given)
    assert (code, done["sent"], done["skipped"]) == (1, 6, 1)
    assert done["bad"] == ["log 4: log_id (or _id) is missing or no text"]
    for row in deployed.complete_ledger({log.log_id: log.type for log in logs}):
        assert (row.route, row.missing) == (row.route, [])
