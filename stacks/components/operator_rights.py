"""What does a job need that runs `python -m ops verify` and `python -m ops status`?"""

from collections.abc import Iterator, Sequence

from aws_cdk import Aws
from aws_cdk import aws_iam as iam

from stacks.components.acknowledgment import Pack, acknowledge

OWN = "every name of this environment begins so; CloudFormation chooses the rest"
NONE = "AWS knows no resource for it"
ANY_NAME = "buses and rules have other names; who reads them learns settings, no event"


def allow_operator(role: iam.Role, environment: str) -> None:
    """The rows `status` and `verify` of docs/commands.md, on the stacks `Auth0Events-<environment>-*`.

    No grants: they would tie this stack to those that the role is there to deploy.
    """
    for actions, resources, reason in rights(f"Auth0Events-{environment}-*"):
        role.add_to_policy(iam.PolicyStatement(actions=actions, resources=resources))
        for resource in resources:
            acknowledge_wide(role, resource, reason)
    allow_letters(role, environment)


def acknowledge_wide(role: iam.Role, resource: str, reason: str) -> None:
    if "*" in resource:
        acknowledge(role, f"IAM5[Resource::{readable(resource)}]", Pack.AWS_SOLUTIONS, reason=reason)


def readable(arn: str) -> str:
    """As cdk-nag writes it: `arn:<AWS::Partition>:…`."""
    pseudo = {Aws.PARTITION: "<AWS::Partition>", Aws.REGION: "<AWS::Region>", Aws.ACCOUNT_ID: "<AWS::AccountId>"}
    for token, name in pseudo.items():
        arn = arn.replace(token, name)
    return arn


def own(service: str, resource: str) -> str:
    return f"arn:{Aws.PARTITION}:{service}:{Aws.REGION}:{Aws.ACCOUNT_ID}:{resource}"


def rights(names: str) -> Iterator[tuple[list[str], Sequence[str], str]]:
    """Actions, resources, and why a `*` is in them."""
    stacks = ["cloudformation:DescribeStacks", "cloudformation:ListStackResources"]
    yield stacks, [own("cloudformation", f"stack/{names}")], OWN
    yield ["ssm:GetParameter"], [own("ssm", "parameter/cdk-bootstrap/hnb659fds/version")], ""
    yield ["sqs:GetQueueAttributes", "sqs:ReceiveMessage"], [own("sqs", names)], OWN
    yield ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"], [own("lambda", f"function:{names}")], OWN
    yield ["logs:FilterLogEvents"], [own("logs", f"log-group:{names}")], OWN
    yield ["kinesis:DescribeStreamSummary"], [own("kinesis", f"stream/{names}")], OWN
    yield ["ecs:DescribeClusters"], [own("ecs", f"cluster/{names}")], OWN
    yield ["sns:ListSubscriptionsByTopic"], [own("sns", names)], OWN
    described = ["events:DescribeEventBus", "events:DescribeArchive", "events:DescribeRule", "events:ListTargetsByRule"]
    yield described, [own("events", f"{kind}/*") for kind in ("event-bus", "archive", "rule")], ANY_NAME
    listed = ["events:ListEventSources", "events:ListRules", "cloudwatch:GetMetricData", "cloudwatch:DescribeAlarms"]
    yield [*listed, "lambda:GetEventSourceMapping", "logs:DescribeLogGroups"], ["*"], NONE


def allow_letters(role: iam.Role, environment: str) -> None:
    """To read dead letters, when something is missing: by SQS alone, and only with the environment's own key."""
    keys = own("kms", "key/*")
    conditions = {
        "StringEquals": {
            "aws:ResourceTag/project": "auth0-events",
            "kms:ViaService": f"sqs.{Aws.REGION}.{Aws.URL_SUFFIX}",
        },
        "StringLike": {"aws:ResourceTag/environment": [environment, f"{environment}-*"]},
    }
    role.add_to_policy(iam.PolicyStatement(actions=["kms:Decrypt"], resources=[keys], conditions=conditions))
    acknowledge_wide(role, keys, "a key's name says nothing: its tags do, which the condition asks for")
