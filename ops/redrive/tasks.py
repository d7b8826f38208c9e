"""How is the task started that a rule could not start?"""

from typing import TYPE_CHECKING, Any

from ops.aws import Aws
from ops.redrive.refusal import Refused
from ops.redrive.ways import StartTask

if TYPE_CHECKING:
    from mypy_boto3_events.type_defs import EcsParametersOutputTypeDef


def start(aws: Aws, way: StartTask) -> None:
    """As the rule says today. Raises Refused."""
    answer = aws.ecs.run_task(cluster=way.cluster_arn, **request(parameters(aws, way)))
    if answer["failures"] or not answer["tasks"]:
        reasons = ", ".join(failure.get("reason", "") for failure in answer["failures"])
        raise Refused(f"ECS started no task: {reasons or 'it gives no reason'}")


def parameters(aws: Aws, way: StartTask) -> "EcsParametersOutputTypeDef":
    bus, rule = bus_and_rule(way.rule_arn)
    pages = aws.events.get_paginator("list_targets_by_rule").paginate(Rule=rule, EventBusName=bus)
    targets = [target for page in pages for target in page["Targets"]]
    found = [target["EcsParameters"] for target in targets if target["Arn"] == way.cluster_arn]
    if not found:
        raise Refused(f"rule {rule} has this cluster no longer for a target")
    return found[0]


def bus_and_rule(arn: str) -> tuple[str, str]:
    """`…:rule/<bus>/<rule>`, where a partner bus's name has slashes of its own; the default bus is not named."""
    bus, _, rule = arn.partition(":rule/")[2].rpartition("/")
    return bus or "default", rule


def request(rule: "EcsParametersOutputTypeDef") -> Any:
    """RunTask's names for what a rule's target says. Absent stays absent."""
    network = rule.get("NetworkConfiguration")
    lower = (
        {key[0].lower() + key[1:]: value for key, value in network["awsvpcConfiguration"].items()} if network else {}
    )
    given = {
        "taskDefinition": rule["TaskDefinitionArn"],
        "count": rule.get("TaskCount"),
        "launchType": rule.get("LaunchType"),
        "platformVersion": rule.get("PlatformVersion"),
        "group": rule.get("Group"),
        "networkConfiguration": {"awsvpcConfiguration": lower} if lower else None,
        "capacityProviderStrategy": rule.get("CapacityProviderStrategy"),
        "placementConstraints": rule.get("PlacementConstraints"),
        "placementStrategy": rule.get("PlacementStrategy"),
        "enableECSManagedTags": rule.get("EnableECSManagedTags"),
        "enableExecuteCommand": rule.get("EnableExecuteCommand"),
        "propagateTags": rule.get("PropagateTags"),
    }
    return {key: value for key, value in given.items() if value}
