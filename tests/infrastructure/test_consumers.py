"""Can each consumer remember what it has handled, in a table of its own and no other's?"""

import json

import pytest

from tests.infrastructure.assembly import Assembly
from tests.infrastructure.test_nothing_is_lost import references

# Part of the role's logical id -> part of its table's, and what it may do with it.
MEMORIES = {
    "AlertRole": ("AlertedLogs", ["DeleteItem", "GetItem", "PutItem", "UpdateItem"]),
    "ActivityRole": ("CountedLogs", ["BatchGetItem", "BatchWriteItem"]),
    "TaskTaskRole": ("TaskProcessed", ["GetItem", "PutItem"]),
    "InstancesRole": ("InstancesProcessed", ["GetItem", "PutItem"]),
}


def test_every_consumer_that_acts_has_a_table_of_its_own_with_the_exact_rights(simulation: Assembly) -> None:
    found = {}
    for policy in simulation.properties("AWS::IAM::Policy").values():
        for statement in policy["PolicyDocument"]["Statement"]:
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            if any(action.startswith("dynamodb:") for action in actions):
                (role,), (table,) = references(policy["Roles"]), references(statement["Resource"])
                assert "*" not in json.dumps(statement)
                found[role[:-8]] = (table[:-13], sorted(action.removeprefix("dynamodb:") for action in actions))
    assert found == MEMORIES


@pytest.mark.parametrize("role", MEMORIES)
def test_every_consumer_may_use_the_key_of_its_table(simulation: Assembly, role: str) -> None:
    from stacks.components.idempotency_table import KEY_ACTIONS

    (policy,) = [
        policy
        for policy in simulation.properties("AWS::IAM::Policy").values()
        if role in str(references(policy["Roles"]))
    ]
    admitted = {
        action
        for statement in policy["PolicyDocument"]["Statement"]
        if "EncryptionKey" in json.dumps(statement["Resource"])
        for action in (statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]])
    }
    assert set(KEY_ACTIONS) <= admitted


def test_every_table_forgets_by_itself(simulation: Assembly) -> None:
    tables = simulation.properties("AWS::DynamoDB::Table")
    assert len(tables) == len(MEMORIES)
    for name, table in tables.items():
        assert table["TimeToLiveSpecification"] == {"AttributeName": "expiration", "Enabled": True}, name
        assert [key["AttributeName"] for key in table["KeySchema"]] == ["id"], name
        assert table["BillingMode"] == "PAY_PER_REQUEST", name


def test_every_worker_is_told_its_own_table(simulation: Assembly) -> None:
    (task,) = simulation.properties("AWS::ECS::TaskDefinition").values()
    environment = {entry["Name"]: entry["Value"] for entry in task["ContainerDefinitions"][0]["Environment"]}
    assert "TaskProcessed" in json.dumps(environment["PROCESSED_TABLE"])
    (template,) = simulation.properties("AWS::EC2::LaunchTemplate").values()
    parts = template["LaunchTemplateData"]["UserData"]["Fn::Base64"]["Fn::Join"][1]
    place = next(at for at, part in enumerate(parts) if str(part).endswith("Environment=PROCESSED_TABLE="))
    assert "InstancesProcessed" in json.dumps(parts[place + 1])
