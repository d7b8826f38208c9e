"""Which stacks, outputs and resources does a deployed environment have?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from botocore.exceptions import ClientError

from ops.aws import Aws, OpsError
from ops.buses import event_source_setting
from ops.commands import Commands

HASH_LENGTH = 8  # of the characters that aws-cdk puts behind a construct's path to make a logical id
QUEUE = "AWS::SQS::Queue"
STACKS = ("EventBus", "Targets", "Sender", "Monitoring")  # as app.py names them
Resources = Mapping[tuple[str, str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stack:
    """`status` as CloudFormation names it; `changed` when it was last created or updated."""

    status: str
    changed: datetime
    outputs: Mapping[str, str]
    resources: Resources


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    """`resources`: physical id by type and by the construct's path below its stack, without slashes.

    `outputs`: of all stacks; their keys are unique over the app. `given`: how the operator chose the account.
    """

    name: str
    aws: Aws
    resources: Resources
    outputs: Mapping[str, str] = field(default_factory=dict)
    given: Commands = field(default_factory=Commands)

    def __str__(self) -> str:
        return f"Auth0Events-{self.name} in {self.aws.region}"

    @property
    def commands(self) -> Commands:
        """What is pasted goes to this environment again."""
        return replace(self.given, environment=self.name)

    @property
    def way_back(self) -> str:
        """Of what somebody deleted behind CloudFormation's back: the end of a sentence."""
        return self.commands.way_back(event_source_setting(self))

    def output(self, key: str) -> str:
        """Raises OpsError if no stack of this environment has it."""
        if key not in self.outputs:
            raise OpsError(
                f"{self} has no output {key}: its settings leave it out, or it is older; `cdk diff` shows it"
            )
        return self.outputs[key]

    @property
    def queue_urls(self) -> dict[str, str]:
        """By name, which is that of the queue's alarm: `ActivityRouteUndelivered`, `TaskInbox`."""
        return {path.removesuffix("Queue"): url for path, url in self.of_type(QUEUE).items()}

    def of_type(self, kind: str) -> dict[str, str]:
        """Physical id by the construct's path, sorted by path."""
        return dict(sorted((path, physical) for (each, path), physical in self.resources.items() if each == kind))

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


def find_environment(aws: Aws, commands: Commands) -> Environment:
    """Raises OpsError if it is not deployed. Any stack but Targets may be missing: an environment may do without."""
    name = commands.environment
    stacks = find_stacks(aws, name)
    if "Targets" not in stacks:
        raise OpsError(
            f"stack Auth0Events-{name}-Targets is not deployed in {aws.region}: choose --env, --region or --profile, "
            f"or deploy it (`{commands.deploy()}`)"
        )
    return environment_of(aws, commands, stacks)


def environment_of(aws: Aws, commands: Commands, stacks: Mapping[str, Stack]) -> Environment:
    return Environment(
        name=commands.environment,
        aws=aws,
        given=commands,
        resources={key: physical for stack in stacks.values() for key, physical in stack.resources.items()},
        outputs={key: value for stack in stacks.values() for key, value in stack.outputs.items()},
    )


def find_stacks(aws: Aws, name: str) -> dict[str, Stack]:
    """Those of STACKS that are deployed, by that name."""
    found = {stack: find_stack(aws, f"Auth0Events-{name}-{stack}") for stack in STACKS}
    return {stack: each for stack, each in found.items() if each}


def find_stack(aws: Aws, name: str) -> Stack | None:
    try:
        (described,) = aws.cloudformation.describe_stacks(StackName=name)["Stacks"]
        return Stack(
            status=described["StackStatus"],
            changed=described.get("LastUpdatedTime", described["CreationTime"]),
            outputs={each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])},
            resources=dict(list_resources(aws, name)),
        )
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise


def list_resources(aws: Aws, stack: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Without those that CloudFormation itself deleted: it lists them too after a rollback or a failed deletion."""
    for page in aws.cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack):
        for resource in page["StackResourceSummaries"]:
            physical = resource.get("PhysicalResourceId")
            if physical and resource.get("ResourceStatus") != "DELETE_COMPLETE":
                yield (resource["ResourceType"], resource["LogicalResourceId"][:-HASH_LENGTH]), physical
