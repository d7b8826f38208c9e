"""Does an event come into its log group, and does a task start, after both could not?"""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from ops.redrive.carrier import moment
from ops.redrive.tasks import bus_and_rule, request
from tests.emulated.ops.world import World, reasons
from tests.unit.ops.names import ACCOUNT, REGION, RULE, event

LOG_GROUP = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/events"
CLUSTER = f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/tasks"
DEFINITION = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/worker:1"


def log_events(world: World) -> list[Any]:
    return list(world.aws.logs.filter_log_events(logGroupName="/events")["events"])


def test_events_come_into_the_log_group_at_their_own_time_in_one_stream(world: World) -> None:
    world.aws.logs.create_log_group(logGroupName="/events")
    now = datetime.now(UTC).replace(microsecond=0)
    for log_id in "ab":
        world.put_rule_letter("EventLogUndelivered", {**event(log_id), "time": now.isoformat()}, LOG_GROUP)
    assert world.redrive().put_back == 2
    found = log_events(world)
    assert sorted(json.loads(each["message"])["detail"]["log_id"] for each in found) == ["a", "b"]
    assert {each["timestamp"] for each in found} == {int(now.timestamp() * 1000)}
    assert len({each["logStreamName"] for each in found}) == 1


def test_a_log_stream_that_was_made_although_its_answer_got_lost_takes_the_events(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.aws.logs.create_log_group(logGroupName="/events")
    create = world.aws.logs.create_log_stream

    def create_twice(**arguments: Any) -> None:
        create(**arguments)
        create(**arguments)

    monkeypatch.setattr(world.aws.logs, "create_log_stream", create_twice)
    world.put_rule_letter("EventLogUndelivered", event("a"), LOG_GROUP)
    assert world.redrive().put_back == 1
    assert len(log_events(world)) == 1


@pytest.mark.parametrize("time", ["2019-01-01T00:00:00Z", "no time", ""])
def test_an_event_whose_time_cloudwatch_refuses_comes_in_at_this_time(world: World, time: str) -> None:
    world.aws.logs.create_log_group(logGroupName="/events")
    world.put_rule_letter("EventLogUndelivered", {**event("a"), "time": time}, LOG_GROUP)
    started = datetime.now(UTC).timestamp()
    assert world.redrive().put_back == 1
    (found,) = log_events(world)
    assert abs(found["timestamp"] / 1000 - started) < 60
    assert json.loads(found["message"])["time"] == time


def test_a_letter_for_a_log_group_that_is_still_gone_stays(world: World) -> None:
    world.put_rule_letter("EventLogUndelivered", event("a"), LOG_GROUP)
    assert reasons(world.redrive())[0].startswith("ResourceNotFoundException: ")
    assert len(world.visible("EventLogUndelivered")) == 1


def test_a_time_without_a_zone_or_before_1970_is_none() -> None:
    assert moment("2026-11-24T12:00:00") is None
    assert moment("0001-01-01T00:00:00Z") is None
    assert moment("2026-11-24T12:00:00Z") == datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def rule(world: World) -> None:
    """With the task as a target."""
    world.aws.events.create_event_bus(Name="bus")
    world.aws.events.put_rule(Name="AttackProtection", EventBusName="bus", EventPattern='{"source": ["a"]}')
    world.aws.events.put_targets(
        Rule="AttackProtection",
        EventBusName="bus",
        Targets=[
            {"Id": "0", "Arn": world.queue_arn("TaskInbox")},
            {
                "Id": "1",
                "Arn": CLUSTER,
                "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/starter",
                "EcsParameters": {"TaskDefinitionArn": DEFINITION, "TaskCount": 1, "LaunchType": "FARGATE"},
            },
        ],
    )


@pytest.fixture
def cluster(world: World) -> None:
    world.aws.ecs.create_cluster(clusterName="tasks")
    world.aws.ecs.register_task_definition(
        family="worker", containerDefinitions=[{"name": "worker", "image": "python", "cpu": 1, "memory": 1}]
    )


@pytest.mark.usefixtures("rule", "cluster")
def test_one_task_starts_for_all_letters_of_all_rules(world: World) -> None:
    for log_id in "ab":
        world.put_rule_letter("TaskNotStarted", event(log_id), CLUSTER)
    world.put_rule_letter("TaskNotStarted", event("c"), CLUSTER, "arn:aws:events:eu-west-1:1:rule/bus/AttackProtection")
    assert world.redrive().put_back == 3
    (task,) = world.aws.ecs.list_tasks(cluster="tasks")["taskArns"]
    (started,) = world.aws.ecs.describe_tasks(cluster="tasks", tasks=[task])["tasks"]
    assert (started["taskDefinitionArn"], started["launchType"]) == (DEFINITION, "FARGATE")


@pytest.mark.usefixtures("rule")
def test_a_task_that_cannot_start_leaves_all_letters_and_is_tried_once(world: World) -> None:
    asked: list[object] = []
    world.aws.ecs.meta.events.register("before-call.ecs.RunTask", lambda **_: asked.append(None))
    for log_id in "ab":
        world.put_rule_letter("TaskNotStarted", event(log_id), CLUSTER)
    found = reasons(world.redrive())
    assert len(found) == 2
    assert all(reason.startswith("ClusterNotFoundException: ") for reason in found)
    assert len(asked) == 1
    assert len(world.visible("TaskNotStarted")) == 2


@pytest.mark.usefixtures("rule")
def test_a_rule_that_starts_no_such_task_any_more_leaves_the_letter(world: World) -> None:
    world.put_rule_letter("TaskNotStarted", event("a"), CLUSTER + "-of-before")
    assert reasons(world.redrive()) == ["rule AttackProtection has this cluster no longer for a target"]


def test_a_rule_that_is_gone_leaves_the_letter(world: World) -> None:
    world.put_rule_letter("TaskNotStarted", event("a"), CLUSTER)
    assert reasons(world.redrive())[0].startswith("ResourceNotFoundException: ")


@pytest.mark.parametrize(
    ("arn", "bus", "rule"),
    [
        (RULE, "bus", "AttackProtection"),
        ("arn:aws:events:eu-west-1:1:rule/Sweep", "default", "Sweep"),
        (
            "arn:aws:events:eu-west-1:1:rule/aws.partner/auth0.com/tenant-1/auth0.logs/Rule",
            "aws.partner/auth0.com/tenant-1/auth0.logs",
            "Rule",
        ),
    ],
)
def test_a_rules_arn_names_its_bus(arn: str, bus: str, rule: str) -> None:
    assert bus_and_rule(arn) == (bus, rule)


def test_a_fargate_task_starts_where_the_rule_says() -> None:
    network: Any = {
        "awsvpcConfiguration": {"Subnets": ["subnet-1"], "SecurityGroups": ["sg-1"], "AssignPublicIp": "ENABLED"}
    }
    assert request(
        {"TaskDefinitionArn": DEFINITION, "TaskCount": 1, "LaunchType": "FARGATE", "NetworkConfiguration": network}
    ) == {
        "taskDefinition": DEFINITION,
        "count": 1,
        "launchType": "FARGATE",
        "networkConfiguration": {
            "awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": "ENABLED"}
        },
    }
