"""What does it cost to start a task on Fargate?"""

from collections.abc import Iterator, Mapping
from typing import Any

from ops.cost.assumptions import Assumptions
from ops.cost.inventory import Inventory, Resource
from ops.cost.line import Use

ARCHITECTURES = {"ARM64": "arm64", "X86_64": "x86_64"}


def tasks(
    rule: Resource,
    target: Mapping[str, Any],
    starts: float,
    inventory: Inventory,
    assumptions: Assumptions,
    *,
    what: str,
) -> Iterator[Use]:
    """`starts` a month, by this target of a rule. A public address is billed by the second, a minute at least."""
    start = target.get("EcsParameters", {})
    definition = inventory.meant(start.get("TaskDefinitionArn"), rule.stack, "AWS::ECS::TaskDefinition")
    if definition is None:
        return
    hours = starts * int(start.get("TaskCount", 1)) * assumptions.task_seconds / 3600
    kind = ARCHITECTURES[definition.properties.get("RuntimePlatform", {}).get("CpuArchitecture", "X86_64")]
    cpus, memory = int(definition.properties["Cpu"]) / 1024, int(definition.properties["Memory"]) / 1024
    yield Use(definition.owner, what, hours * cpus, f"fargate_vcpu_hour_{kind}")
    yield Use(definition.owner, what, hours * memory, f"fargate_gb_hour_{kind}")
    if start.get("NetworkConfiguration", {}).get("AwsVpcConfiguration", {}).get("AssignPublicIp") == "ENABLED":
        yield Use(definition.owner, what, hours, "public_ipv4_hour")
