"""How does a local test deploy an assembly again and again? Through CloudFormation: a run of the CDK CLI takes seconds.

What the CLI does and says is tested with the CLI, which also puts the functions' assets where the templates find them.
"""

import json
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import takewhile
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError, WaiterError

from demo.cdk import CHECKOUT
from ops.cost.templates import STACK

TOOLKIT = CHECKOUT / "node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml"
AS_THE_CLI_CHOOSES = {
    "CloudFormationExecutionPolicies": "arn:aws:iam::aws:policy/AdministratorAccess",
    "FileAssetsBucketKmsKeyId": "AWS_MANAGED_KEY",
}
WAIT: Any = {"Delay": 0.1, "MaxAttempts": 600}


class NotDeployed(Exception):
    """The reasons that CloudFormation gives."""


def bootstrap(cloudformation: Any) -> None:
    """With the template of `cdk bootstrap`."""
    parameters = [{"ParameterKey": key, "ParameterValue": value} for key, value in AS_THE_CLI_CHOOSES.items()]
    put(cloudformation, {"StackName": "CDKToolkit", "TemplateBody": TOOLKIT.read_text(), "Parameters": parameters})


def deploy(cloudformation: Any, assembly: Path) -> list[str]:
    """The stacks that were not yet as in the assembly, each after those that it needs. Raises NotDeployed."""
    return [stack["StackName"] for stack in stacks_of(assembly) if put(cloudformation, stack)]


def stacks_of(assembly: Path) -> Iterator[dict[str, Any]]:
    artifacts = json.loads((assembly / "manifest.json").read_text())["artifacts"]
    stacks = {name: artifact for name, artifact in artifacts.items() if artifact["type"] == STACK}
    for name in TopologicalSorter({name: stack["dependencies"] for name, stack in stacks.items()}).static_order():
        if name in stacks:
            told = stacks[name]["properties"]
            tags = [{"Key": key, "Value": value} for key, value in told["tags"].items()]
            yield {"StackName": name, "TemplateBody": (assembly / told["templateFile"]).read_text(), "Tags": tags}


def put(cloudformation: Any, stack: dict[str, Any]) -> bool:
    """Whether there was anything to do. Raises NotDeployed."""
    name = stack["StackName"]
    act = "update" if is_there(cloudformation, name) else "create"
    try:
        getattr(cloudformation, f"{act}_stack")(**stack, Capabilities=["CAPABILITY_NAMED_IAM"])
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return False
        raise
    try:
        cloudformation.get_waiter(f"stack_{act}_complete").wait(StackName=name, WaiterConfig=WAIT)
    except WaiterError:
        raise NotDeployed(reasons(cloudformation, name)) from None
    return True


def is_there(cloudformation: Any, name: str) -> bool:
    try:
        cloudformation.describe_stacks(StackName=name)
    except ClientError as error:
        if "does not exist" in str(error):
            return False
        raise
    return True


def reasons(cloudformation: Any, name: str) -> str:
    """Of the last operation alone."""
    newest_first = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    told = [event.get("ResourceStatusReason", "") for event in newest_first]
    return "\n".join(takewhile(lambda reason: reason != "User Initiated", told))


def remove(cloudformation: Any, *names: str) -> None:
    """One after the other."""
    for name in names:
        cloudformation.delete_stack(StackName=name)
        cloudformation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig=WAIT)
