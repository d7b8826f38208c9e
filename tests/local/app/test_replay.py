"""Events that one target lost, with no letter about them: do they come back to it, and to nobody else?"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from demo.auth0 import EVENT_SOURCE
from lambda_src.auth0_events.generator import generate_logs
from tests.local.app.commands import ops
from tests.local.app.deployment import Deployment, eventually

pytestmark = pytest.mark.local
RULE = "AttackProtection"


def replay(deployed: Deployment, *arguments: str) -> dict[str, Any]:
    """What `--json` says."""
    ran = ops(deployed.customer.environment, "replay", "--json", "--bus", "partner", *arguments)
    assert ran.code == 0, ran.errors
    return dict(ran.told)


@contextmanager
def without_a_target_that_takes_or_keeps_anything(deployed: Deployment) -> Iterator[None]:
    """As when a dead-letter queue's policy does not let EventBridge in: what the target does not take is nowhere."""
    events = deployed.client("events")
    (target,) = events.list_targets_by_rule(Rule=RULE, EventBusName=EVENT_SOURCE)["Targets"]
    broken = {"Id": target["Id"], "Arn": f"{target['Arn']}-gone"}
    events.put_targets(Rule=RULE, EventBusName=EVENT_SOURCE, Targets=[broken])
    try:
        yield
    finally:
        events.put_targets(Rule=RULE, EventBusName=EVENT_SOURCE, Targets=[target])


def missing(deployed: Deployment, sent: dict[str, str]) -> dict[str, list[str]]:
    return {row.route: row.missing for row in deployed.ledger(sent) if row.missing}


def test_events_that_one_rule_lost_come_back_to_it_alone(deployed: Deployment) -> None:
    started = datetime.now(UTC)
    letters = len(deployed.letters("AlertRouteUndeliveredQueue"))
    with without_a_target_that_takes_or_keeps_anything(deployed):
        sent = deployed.auth0.send(generate_logs(codes=("limit_wc", "s", "sdu"), count=3, seed=500, now=started))
        lost = {RULE: [log_id for log_id, code in sent.items() if code == "limit_wc"]}
        assert eventually(lambda: missing(deployed, sent) == lost)
    assert len(deployed.letters("AlertRouteUndeliveredQueue")) == letters
    ended = datetime.now(UTC)
    assert eventually(lambda: datetime.now(UTC) > ended + timedelta(seconds=1))  # a replay is by whole seconds
    window = ("--since", f"{started:%Y-%m-%dT%H:%M:%SZ}", "--rule", RULE)
    plan = replay(deployed, *window)
    assert plan["rules"] == [{"rule": RULE, "targets": ["AlertFunction"], "events": 1}]
    assert missing(deployed, sent) == lost  # it was a dry run
    done = replay(deployed, *window, "--go")
    assert (done["replay"]["state"], done["replay"]["rules"]) == ("COMPLETED", [RULE])
    for row in deployed.complete_ledger(sent):
        assert (row.route, row.missing, row.duplicated) == (row.route, [], [])
    assert done["replay"]["name"] in {each["name"] for each in replay(deployed, "--list")["replays"]}
