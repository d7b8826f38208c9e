import json
from datetime import UTC, datetime

import pytest

from demo.auth0 import EVENT_SOURCE
from demo.story import some_logs
from lambda_src.auth0_events.generator import generate_logs
from lambda_src.auth0_events.log_types import LOG_TYPES
from stacks.routes import ROUTES
from tests.local.app.deployment import Deployment

pytestmark = pytest.mark.local


def test_the_deployment_activates_the_partner_event_source(deployed: Deployment) -> None:
    assert deployed.client("events").describe_event_source(Name=EVENT_SOURCE)["State"] == "ACTIVE"


def test_policies_name_rules_by_the_arns_that_these_have(deployed: Deployment) -> None:
    """They are written before the rules are there. What the local AWS does not do: to enforce them."""
    events, sqs, logs = (deployed.client(service) for service in ("events", "sqs", "logs"))
    of_log_groups = json.dumps(logs.describe_resource_policies()["resourcePolicies"])
    buses = [bus["Name"] for bus in events.list_event_buses()["EventBuses"] if bus["Name"] != "default"]
    rules = [rule for bus in buses for rule in events.list_rules(EventBusName=bus)["Rules"]]
    assert len(rules) == 2 * len(ROUTES)
    for rule in rules:
        for target in events.list_targets_by_rule(Rule=rule["Name"], EventBusName=rule["EventBusName"])["Targets"]:
            queue = sqs.get_queue_url(QueueName=target["DeadLetterConfig"]["Arn"].split(":")[-1])["QueueUrl"]
            policy = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])["Attributes"]["Policy"]
            assert f'"{rule["Arn"]}"' in policy
            assert ":log-group:" not in target["Arn"] or rule["Arn"] in of_log_groups


def test_a_log_of_every_type_reaches_the_ends_of_its_routes_on_both_buses(deployed: Deployment) -> None:
    sent = deployed.auth0.send(some_logs(1, seed=101))
    sent |= deployed.customer.send(deployed.outputs["SenderFunctionName"], some_logs(1, seed=102))
    assert len(sent) == 2 * len(LOG_TYPES)
    for row in deployed.complete_ledger(sent):
        assert (row.route, row.missing, row.unexpected) == (row.route, [], [])


def test_a_thousand_mixed_events_leave_exactly_their_log_ids_at_each_end(deployed: Deployment) -> None:
    logs = list(generate_logs(codes=tuple(LOG_TYPES), count=1000, seed=103, now=datetime.now(UTC)))
    sent = deployed.customer.send(deployed.outputs["SenderFunctionName"], logs)
    rows = deployed.complete_ledger(sent)
    assert sum(len(row.expected) for row in rows) > 2000
    for row in rows:
        assert (row.route, row.missing, row.unexpected) == (row.route, [], [])


def test_the_sender_makes_its_own_logs_when_asked_for_a_count(deployed: Deployment) -> None:
    answer = deployed.customer.invoke_sender(deployed.outputs["SenderFunctionName"], {"count": 25, "types": ["fp"]})
    assert (answer["sent"], answer["retried"], answer["failed"]) == (25, 0, 0)


def test_an_alert_is_published_once_however_often_its_log_comes(deployed: Deployment) -> None:
    (log,) = generate_logs(codes=("limit_wc",), count=1, seed=104, now=datetime.now(UTC))
    sent = deployed.auth0.send([log])
    deployed.complete_ledger(sent)
    deployed.auth0.send([log])
    (stream,) = [row for row in deployed.complete_ledger(sent) if row.route == "AttackProtection"]
    assert stream.missing == []
    assert stream.duplicated == []
