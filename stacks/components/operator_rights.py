"""What does a job need that runs `python -m ops verify` and `python -m ops status`?"""

from collections.abc import Iterator, Mapping, Sequence

from aws_cdk import Aws
from aws_cdk import aws_iam as iam

from stacks.components.acknowledgment import acknowledge_each
from stacks.components.here import ACCOUNT_ID, PARTITION, REGION, arn
from stacks.components.pack import Pack

OWN = "every name of this environment begins so; CloudFormation chooses the rest"
NONE = "AWS knows no resource for it"
ANY_NAME = "buses and rules have other names; who reads them learns settings, no event"


def allow_operator(role: iam.Role, environment: str) -> None:
    """The rows `status` and `verify` of docs/commands.md, on the stacks `Auth0Events-<environment>-*`.

    No grants: they would tie this stack to those that the role is there to deploy.
    """
    wide: dict[str, str] = {}
    for actions, resources, reason in rights(f"Auth0Events-{environment}-*"):
        role.add_to_policy(iam.PolicyStatement(actions=actions, resources=resources))
        wide |= dict.fromkeys(resources, reason)
    acknowledge_wide(role, wide)
    allow_letters(role, environment)


def acknowledge_wide(role: iam.Role, resources: Mapping[str, str]) -> None:
    """`resources`: the reason for each that may have a `*` in it."""
    wide = {
        f"IAM5[Resource::{readable(resource)}]": reason for resource, reason in resources.items() if "*" in resource
    }
    acknowledge_each(role, wide, Pack.AWS_SOLUTIONS)


def readable(name: str) -> str:
    """As cdk-nag writes it: `arn:<AWS::Partition>:…`."""
    pseudo = {PARTITION: "<AWS::Partition>", REGION: "<AWS::Region>", ACCOUNT_ID: "<AWS::AccountId>"}
    for token, readable_token in pseudo.items():
        name = name.replace(token, readable_token)
    return name


def rights(names: str) -> Iterator[tuple[list[str], Sequence[str], str]]:
    """Actions, resources, and why a `*` is in them."""
    stacks = ["cloudformation:DescribeStacks", "cloudformation:ListStackResources"]
    yield stacks, [arn("cloudformation", f"stack/{names}")], OWN
    yield ["ssm:GetParameter"], [arn("ssm", "parameter/cdk-bootstrap/hnb659fds/version")], ""
    yield ["sqs:GetQueueAttributes", "sqs:ReceiveMessage"], [arn("sqs", names)], OWN
    yield ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"], [arn("lambda", f"function:{names}")], OWN
    yield ["logs:FilterLogEvents"], [arn("logs", f"log-group:{names}")], OWN
    yield ["kinesis:DescribeStreamSummary"], [arn("kinesis", f"stream/{names}")], OWN
    yield ["ecs:DescribeClusters"], [arn("ecs", f"cluster/{names}")], OWN
    yield ["sns:ListSubscriptionsByTopic"], [arn("sns", names)], OWN
    described = ["events:DescribeEventBus", "events:DescribeArchive", "events:DescribeRule", "events:ListTargetsByRule"]
    yield described, [arn("events", f"{kind}/*") for kind in ("event-bus", "archive", "rule")], ANY_NAME
    listed = ["events:ListEventSources", "events:ListRules", "cloudwatch:GetMetricData", "cloudwatch:DescribeAlarms"]
    yield [*listed, "lambda:GetEventSourceMapping", "logs:DescribeLogGroups"], ["*"], NONE


def allow_letters(role: iam.Role, environment: str) -> None:
    """To read dead letters, when something is missing: by SQS alone, and only with the environment's own key."""
    keys = arn("kms", "key/*")
    conditions = {
        "StringEquals": {
            "aws:ResourceTag/project": "auth0-events",
            "kms:ViaService": f"sqs.{REGION}.{Aws.URL_SUFFIX}",
        },
        "StringLike": {"aws:ResourceTag/environment": [environment, f"{environment}-*"]},
    }
    role.add_to_policy(iam.PolicyStatement(actions=["kms:Decrypt"], resources=[keys], conditions=conditions))
    acknowledge_wide(role, {keys: "a key's name says nothing: its tags do, which the condition asks for"})
