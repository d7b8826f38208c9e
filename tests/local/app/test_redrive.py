"""Each hop broken, repaired, and its event put back: does it come out at its target's end?

What is broken here is repaired here: the tests of the other files run on the same deployment.
"""

import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from lambda_src.auth0_events.generator import generate_logs
from ops.ends import ENDS
from stacks.route import Target
from tests.local.app.broken import with_a_broken_consumer, without_cluster, without_log_group, without_topic
from tests.local.app.commands import ops
from tests.local.app.deployment import Deployment, eventually

pytestmark = pytest.mark.local
POISON = "poison of the redrive's test"
FAULTS = "/local-aws/faults"
# How many letters the test of broken targets brings into each.
QUEUES = {"AlertRouteUnprocessed": 1, "EventLogUndelivered": 3, "TaskNotStarted": 1, "ActivityRouteUnprocessed": 1}


def redrive(deployed: Deployment, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code, and what `--json` says."""
    ran = ops(deployed.customer.environment, "redrive", "--json", *arguments)
    assert ran.code in (0, 1), ran.errors
    return ran.code, ran.told


def arrived(deployed: Deployment, target: Target) -> Counter[str]:
    """Without a look at the other targets, whose ends may be gone."""
    return Counter(log_id for line in deployed.lines(target) for log_id in ENDS[target].read(line))


def send(deployed: Deployment, *codes: str) -> dict[str, str]:
    logs = [log for code in codes for log in generate_logs(codes=(code,), count=1, seed=300, now=datetime.now(UTC))]
    return deployed.auth0.send(logs)


def waiting(deployed: Deployment) -> Counter[str]:
    return Counter({queue: len(deployed.letters(f"{queue}Queue")) for queue in QUEUES})


def test_events_that_broken_targets_did_not_take_arrive_after_the_repair(deployed: Deployment) -> None:
    before = waiting(deployed)  # of other tests
    with without_topic(deployed), without_log_group(deployed), without_cluster(deployed):
        sent = send(deployed, "limit_wc", "sdu")
        assert eventually(lambda: sent.keys() <= arrived(deployed, Target.STREAM).keys())
        with with_a_broken_consumer(deployed):
            sent |= send(deployed, "s")
            assert eventually(lambda: waiting(deployed) - before == Counter(QUEUES))
            # they are broken still; ministack makes a cluster that is missing
            _, too_early = redrive(deployed, *QUEUES.keys() - {"TaskNotStarted"}, "--go")
            assert (too_early["put_back"], too_early["stays"]) == (0, too_early["letters"])
    _, plan = redrive(deployed, *QUEUES)
    kinds = {way["kind"] for queue in plan["queues"] for way in queue["ways_back"]}
    assert kinds >= {"call", "write to", "start a task on", "read the stream, call"}
    assert {row.route for row in deployed.ledger(sent) if row.missing} >= {
        "Everything",
        "AttackProtection",
        "UserDeletion",
    }
    _, done = redrive(deployed, *QUEUES, "--go")
    assert (done["put_back"], done["stays"]) == (sum(QUEUES.values()), before.total())
    for row in deployed.complete_ledger(sent):
        assert (row.route, row.missing) == (row.route, [])


def delete(deployed: Deployment, queue: str, body: str) -> int:
    """As an operator deletes poison; how many there were."""
    url = deployed.physical_id(queue)
    found = [letter["ReceiptHandle"] for letter in deployed.letters(queue) if letter["Body"] == body]
    for receipt in found:
        deployed.client("sqs").delete_message(QueueUrl=url, ReceiptHandle=receipt)
    return len(found)


def test_what_the_sender_gave_up_on_arrives_and_what_it_gives_up_again_is_told(deployed: Deployment) -> None:
    def throttle(faults: dict[str, int]) -> None:
        deployed.client("ssm").put_parameter(Name=FAULTS, Value=json.dumps(faults), Type="String", Overwrite=True)

    sent = {"redriven-1": "limit_wc", "redriven-2": "s"}
    throttle({"entry": 1})
    try:
        assert deployed.send({"log_id": log_id, "type": code} for log_id, code in sent.items())["failed"] == 2
        code, again = redrive(deployed, "Undelivered", "--go")
    finally:
        throttle({})
    assert (code, again["put_back"], again["kept_again"]) == (1, 2, 2)
    code, done = redrive(deployed, "Undelivered", "--go")
    assert (code, done["put_back"], done["kept_again"], done["stays"]) == (0, 2, 0, 0)
    for row in deployed.complete_ledger(sent):
        assert (row.route, row.missing) == (row.route, [])


def test_an_event_that_a_worker_could_not_process_goes_through_its_inbox_and_poison_stays(deployed: Deployment) -> None:
    (log,) = generate_logs(codes=("sapi",), count=1, seed=301, now=datetime.now(UTC))
    event = {"detail-type": "Auth0 log", "detail": {"log_id": log.log_id, "data": dict(log.data)}}
    deployed.put_raw_message("InstancesInboxUnprocessedQueue", json.dumps(event))
    deployed.put_raw_message("InstancesInboxUnprocessedQueue", POISON)
    code, done = redrive(deployed, "InstancesInboxUnprocessed", "--go")
    assert (code, done["put_back"]) == (1, 1)
    assert eventually(lambda: arrived(deployed, Target.INSTANCES)[log.log_id]) == 1
    assert delete(deployed, "InstancesInboxUnprocessedQueue", POISON) == 1
