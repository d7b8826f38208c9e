"""IAM as the emulator enforces it, by the deployed policies; what services do for each other it does not check."""

import json

import pytest

from demo.auth0 import EVENT_SOURCE
from tests.local.app.attempts import ARNS, NOBODY, Attempt, attempts, resources
from tests.local.app.deployment import Deployment
from tests.local.app.thief import Caller, Thief

pytestmark = pytest.mark.local
# Of the app's nine: these may write a log or start a task, and the emulator refuses both (see attempts.py).
UNTRIED = ("NetworkFlowLogsRole", "TaskExecutionRole", "TaskStarter")


@pytest.fixture(scope="module")
def tried(deployed: Deployment) -> list[Attempt]:
    return list(attempts(deployed))


@pytest.fixture(scope="module")
def thieves(deployed: Deployment) -> list[Thief]:
    return [Thief(deployed, role=id_) for kind, id_ in resources(deployed) if kind == "AWS::IAM::Role"]


def test_a_refusal_is_iams_for_the_customers_own_key_is_let_in(deployed: Deployment, tried: list[Attempt]) -> None:
    root = Caller(deployed)
    refused = {attempt.action for attempt in tried if not root.may(attempt)}
    assert refused == {"sts:AssumeRole"}  # the roles' own trust decides


def test_a_stolen_role_can_do_what_its_policies_say_and_nothing_else(
    tried: list[Attempt], thieves: list[Thief]
) -> None:
    assert len(thieves) >= 9
    for thief in thieves:
        allowed = {attempt for attempt in tried if thief.may(attempt)}
        assert allowed == {attempt for attempt in tried if thief.should(attempt)}, thief.role
        assert allowed or any(f"-{name}" in thief.role for name in UNTRIED), f"{thief.role}: nothing was tried"


def test_only_the_sender_can_put_events_and_on_the_simulation_bus_alone(
    deployed: Deployment, tried: list[Attempt], thieves: list[Thief]
) -> None:
    puts = [attempt for attempt in tried if attempt.action == "events:PutEvents"]
    simulation, *others = (
        ARNS["AWS::Events::EventBus"](name) for name in (deployed.outputs["SimulationBusName"], EVENT_SOURCE, "default")
    )
    assert {attempt.resource for attempt in puts} == {simulation, *others}
    (sender,) = [thief for thief in thieves if "-SenderRole" in thief.role]
    allowed = [(thief.role, attempt.resource) for thief in thieves for attempt in puts if thief.may(attempt)]
    assert allowed == [(sender.role, simulation)]


def test_no_stolen_role_reaches_beyond_the_app_or_another_role(tried: list[Attempt], thieves: list[Thief]) -> None:
    beyond = [each for each in tried if each.resource == NOBODY or each.resource.endswith(("beside", "/default"))]
    beyond += [each for each in tried if each.action.startswith(("iam:", "sts:", "lambda:"))]
    assert len(beyond) > 40
    assert [(thief.role, attempt) for thief in thieves for attempt in beyond if thief.may(attempt)] == []


def test_a_running_function_is_held_to_its_role(deployed: Deployment) -> None:
    """The control of all other tests here, which pass because the roles suffice, not because nobody asks."""
    iam, role = deployed.client("iam"), deployed.physical_id("SenderRole")
    refuse = {"Effect": "Deny", "Action": "events:PutEvents", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [refuse]})
    iam.put_role_policy(RoleName=role, PolicyName="Refuse", PolicyDocument=document)
    try:
        answer = deployed.send([{"log_id": "refused-1", "type": "s"}])
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName="Refuse")
    assert (answer["sent"], answer["failed"]) == (0, 1)
    assert deployed.letter_about("UndeliveredQueue", "refused-1")["ERROR_CODE"] == "AccessDeniedException"
    assert deployed.send([{"log_id": "allowed-1", "type": "s"}])["sent"] == 1
