"""Is a second delivery harmless at every end that acts? The event log, which only keeps, shows that it came."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

import pytest

from lambda_src.auth0_events.generator import generate_logs
from stacks.route import Target
from tests.local.app.deployment import Deployment, eventually

pytestmark = pytest.mark.local
ROUTED = {"limit_wc": Target.ALERT, "sdu": Target.TASK, "sapi": Target.INSTANCES}
SKIPPED = {
    Target.ALERT: "alert already published",
    Target.TASK: "event already processed",
    Target.INSTANCES: "event already processed",
}


def skips(deployed: Deployment, target: Target, log_id: str) -> int:
    """How often this end said that it had done its work for this log already."""
    told = deployed.lines(target)
    return sum((line.get("message"), line.get("log_id")) == (SKIPPED[target], log_id) for line in told)


def already_counted(deployed: Deployment) -> int:
    told = deployed.lines(Target.STREAM)
    return sum(line["already_counted"] for line in told if line.get("message") == "batch counted")


def seen(deployed: Deployment, sent: Mapping[str, str]) -> dict[Target, list[int]]:
    """How often each of the ends that its route leads to has had each log, in the order of `sent`."""
    arrivals = deployed.arrivals()
    everywhere = {target: [arrivals[target][log_id] for log_id in sent] for target in (Target.EVENT_LOG, Target.STREAM)}
    return everywhere | {ROUTED[code]: [arrivals[ROUTED[code]][log_id]] for log_id, code in sent.items()}


def test_the_same_logs_again_have_each_effect_once(deployed: Deployment) -> None:
    codes = tuple(ROUTED)
    logs = [*generate_logs(codes=codes, count=3, seed=301, now=datetime.now(UTC))]
    sent = deployed.auth0.send(logs)
    assert set(sent.values()) == set(codes)
    assert [row.missing for row in deployed.complete_ledger(sent)] == [[], [], [], [], []]
    counted_before = already_counted(deployed)

    deployed.auth0.send(logs)
    for log_id, code in sent.items():
        assert eventually(partial(skips, deployed, ROUTED[code], log_id)) == 1, code
    assert eventually(lambda: already_counted(deployed) - counted_before == len(sent))
    assert eventually(lambda: seen(deployed, sent)[Target.EVENT_LOG] == [2, 2, 2])
    once = {target: [1] for target in ROUTED.values()}
    assert seen(deployed, sent) == {Target.EVENT_LOG: [2, 2, 2], Target.STREAM: [1, 1, 1], **once}
