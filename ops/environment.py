"""Which resources does a deployed environment have?"""

from collections.abc import Mapping
from dataclasses import dataclass

from botocore.exceptions import ClientError

from ops.aws import Aws, OpsError

HASH_LENGTH = 8  # of the characters that aws-cdk puts behind a construct's path to make a logical id
QUEUE = "AWS::SQS::Queue"
Resources = Mapping[tuple[str, str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    """`resources`: physical id by type and by the construct's path below its stack, without slashes."""

    name: str
    aws: Aws
    resources: Resources

    def __str__(self) -> str:
        return f"Auth0Events-{self.name} in {self.aws.region}"

    @property
    def queue_urls(self) -> dict[str, str]:
        """By name, which is that of the queue's alarm: `ActivityRouteUndelivered`, `TaskInbox`."""
        found = {path.removesuffix("Queue"): url for (kind, path), url in self.resources.items() if kind == QUEUE}
        return dict(sorted(found.items()))

    def name_of(self, own_name: str) -> str:
        """The construct's path of the resource with this name of its own; the name itself if it is none of ours."""
        named = {physical.split("/")[-1]: path for (_, path), physical in self.resources.items()}
        return named.get(own_name, own_name).removesuffix("Queue")

    def is_sender(self, function_arn: str) -> bool:
        return self.sender_function is not None and f":function:{self.sender_function}:" in f"{function_arn}:"

    @property
    def sender_function(self) -> str | None:
        """The sender's name; None in an environment without one."""
        return self.resources.get(("AWS::Lambda::Function", "SenderFunction"))


def find_environment(aws: Aws, name: str) -> Environment:
    """Raises OpsError if it is not deployed."""
    targets = list_resources(aws, f"Auth0Events-{name}-Targets")
    if targets is None:
        raise OpsError(
            f"stack Auth0Events-{name}-Targets is not deployed in {aws.region}: choose --env, --region or --profile, "
            "or deploy it (`cdk deploy --all`)"
        )
    sender = list_resources(aws, f"Auth0Events-{name}-Sender") or {}  # an environment may do without
    return Environment(name=name, aws=aws, resources={**targets, **sender})


def list_resources(aws: Aws, stack: str) -> Resources | None:
    """None if there is no such stack."""
    pages = aws.cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    try:
        return {
            (resource["ResourceType"], resource["LogicalResourceId"][:-HASH_LENGTH]): resource["PhysicalResourceId"]
            for page in pages
            for resource in page["StackResourceSummaries"]
            if resource.get("PhysicalResourceId")
        }
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
