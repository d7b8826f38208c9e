"""Does the status of the deployed app say what is so, before and after something is broken?

What is broken here is repaired here. Other tests leave letters in queues: only findings of one's own are asserted.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from demo.auth0 import EVENT_SOURCE, PARTNER_ACCOUNT, Auth0
from lambda_src.auth0_events.generator import generate_logs
from local_aws.control import ACCOUNT, REGION, start
from ops.buses import PARTNER, SIMULATION
from stacks.routes import ROUTES
from tests.local.app.commands import ops
from tests.local.app.deployment import Deployment, eventually
from tests.local.local_aws.aws import Aws

pytestmark = pytest.mark.local
BUSES = (PARTNER, SIMULATION)
LEFT_BY_OTHERS = {"dead letters", "alarms"}
LETTER = "a letter of the status's test"


def status(environment: Mapping[str, str], *arguments: str) -> tuple[int, Any]:
    """The exit code, and what `--json` says."""
    ran = ops(environment, "status", "--json", *arguments)
    assert (ran.code in (0, 1), ran.errors) == (True, "")
    assert ran.code == (0 if ran.told["healthy"] else 1)
    return ran.code, ran.told


def findings(told: Any) -> dict[str, Any]:
    return {finding["name"]: finding for finding in told["needs_you"]}


def part(told: Any, name: str) -> dict[str, Any]:
    return {row["name"]: row for row in told["seen"] if row["part"] == name}


@pytest.fixture
def aws(deployed: Deployment) -> Mapping[str, str]:
    """The environment of a process that sees the deployment's AWS."""
    return deployed.customer.environment


@pytest.fixture(scope="module")
def empty() -> Iterator[Aws]:
    """A local AWS of its own, on which nothing is deployed."""
    with start() as running:
        yield Aws(running)


@contextmanager
def a_letter(deployed: Deployment, queue: str) -> Iterator[None]:
    url, sqs = deployed.physical_id(queue), deployed.client("sqs")
    deployed.put_raw_message(queue, LETTER)
    try:
        yield
    finally:
        for letter in deployed.letters(queue):
            if letter["Body"] == LETTER:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=letter["ReceiptHandle"])


@contextmanager
def a_disabled_rule(deployed: Deployment, rule: str) -> Iterator[None]:
    events = deployed.client("events")
    events.disable_rule(Name=rule, EventBusName=EVENT_SOURCE)
    try:
        yield
    finally:
        events.enable_rule(Name=rule, EventBusName=EVENT_SOURCE)


def test_the_deployed_app_needs_nobody_but_for_what_other_tests_left(
    deployed: Deployment, aws: Mapping[str, str]
) -> None:
    deployed.auth0.send(generate_logs(codes=("s",), count=1, seed=400, now=datetime.now(UTC)))
    deployed.send([{"log_id": "status-1", "type": "s"}])
    assert eventually(lambda: all(bus["last_event"] for bus in part(status(aws)[1], "buses").values()), seconds=30)
    _, told = status(aws)
    assert {finding["part"] for finding in told["needs_you"]} <= LEFT_BY_OTHERS
    assert part(told, "source")[EVENT_SOURCE]["state"] == "ACTIVE"
    assert set(part(told, "buses")) == set(BUSES)
    assert part(told, "rules")["EverythingOnPartnerBus"]["targets"] == ["ActivityRouteStream", "EventLogEventsLogGroup"]
    assert set(part(told, "rules")) >= {"TaskSweep", *(f"{route.name}On{bus}" for route in ROUTES for bus in BUSES)}
    assert part(told, "archives")["PartnerBusArchive"]["events"] >= 1
    assert part(told, "sender")["last run"]["sent"] >= 1
    assert {row["status"] for name, row in part(told, "stacks").items() if name != "bootstrap"} == {"CREATE_COMPLETE"}
    assert {"EventLogEventsLogGroup", "ActivityRouteStream", "TaskCluster"} <= set(part(told, "places"))
    assert not [row for row in told["seen"] if row["mark"] == "not_seen"]


def test_a_letter_and_a_disabled_rule_are_found_with_their_commands(
    deployed: Deployment, aws: Mapping[str, str]
) -> None:
    queue = "InstancesInboxUndelivered"
    with a_letter(deployed, f"{queue}Queue"), a_disabled_rule(deployed, "UserDeletion"):
        code, told = status(aws)
    found = findings(told)
    assert code == 1
    assert found[queue]["commands"] == [f"python -m ops redrive {queue}"]
    assert found["UserDeletionOnPartnerBus"]["commands"] == [
        f"aws events enable-rule --name UserDeletion --event-bus-name {EVENT_SOURCE}",
        "python -m ops replay --bus partner --since 24h --rule UserDeletion",
    ]
    assert "UserDeletionOnPartnerBus" not in findings(status(aws)[1])


def test_an_environment_that_is_not_deployed_says_how_to_deploy_it(aws: Mapping[str, str]) -> None:
    code, told = status(aws, "--env", "prod")
    assert (code, findings(told)["stacks"]["commands"]) == (1, ["cdk deploy --all -c environment=prod"])


def test_before_a_deployment_each_state_of_the_source_is_told_apart(empty: Aws) -> None:
    def source() -> str:
        _, told = status(empty.running.environment(), "--event-source", EVENT_SOURCE)
        assert findings(told)["bootstrap"]["commands"] == ["cdk bootstrap"]
        assert "stacks" in findings(told)
        return str(findings(told)[EVENT_SOURCE]["what"])

    assert source().startswith(f"no source of this name is in {REGION} or another region")
    elsewhere = Auth0(endpoint_url=empty.running.endpoint_url, region="eu-west-1")
    elsewhere.create_event_source(customer_account=ACCOUNT)
    assert source().startswith(f"the source is in eu-west-1, not in {REGION}")
    auth0 = Auth0(endpoint_url=empty.running.endpoint_url, region=REGION)
    auth0.create_event_source(customer_account=ACCOUNT)
    assert source().startswith("the source is PENDING: what Auth0 sends is dropped; expires ")
    empty.events.create_event_bus(Name=EVENT_SOURCE, EventSourceName=EVENT_SOURCE)
    assert source().startswith("the source is ACTIVE by a bus that is not of Auth0Events-dev")
    auth0.events.delete_partner_event_source(Name=EVENT_SOURCE, Account=ACCOUNT)
    assert source().startswith("the source is DELETED")


def test_a_partner_bus_that_is_deleted_behind_its_stacks_back_is_found(empty: Aws) -> None:
    name = "aws.partner/auth0.com/behind-the-back/auth0.logs"
    auth0 = Aws(empty.running, account=PARTNER_ACCOUNT)
    auth0.events.create_partner_event_source(Name=name, Account=ACCOUNT)
    bus = {"Type": "AWS::Events::EventBus", "Properties": {"Name": name, "EventSourceName": name}}
    template = {"Resources": {"PartnerBusBus12345678": bus}, "Outputs": {"PartnerBusName": {"Value": name}}}
    stack = "Auth0Events-back-EventBus"
    empty.cloudformation.create_stack(StackName=stack, TemplateBody=json.dumps(template))
    empty.cloudformation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 0.1})
    _, told = status(empty.running.environment(), "--env", "back")
    assert (part(told, "source")[name]["state"], name in findings(told)) == ("ACTIVE", False)
    empty.events.delete_event_bus(Name=name)
    _, told = status(empty.running.environment(), "--env", "back")
    assert findings(told)[name]["what"].startswith("the partner bus was deleted, and its rules with it")
    assert findings(told)[name]["commands"] == [
        f"cdk deploy --all --revert-drift -c environment=back -c event_source={name}"
    ]
