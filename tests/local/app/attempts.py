"""What would a thief try, and on which resources?

Each request is one that changes nothing where it is let in: IAM comes first, and then the service refuses what is wrong
with it. Left out is what the emulator decides otherwise than AWS: it refuses everything on a log group (whose ARN it
compares without the `:*`) and to start a task (it knows no `ecs:cluster`), and `iam:PassRole` is no request of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from demo.customer import STACKS
from local_aws.control import ACCOUNT, REGION
from tests.local.app.deployment import Deployment

Client = Callable[[str], Any]
NOBODY = "nobody's"  # for resources beside the app
HERE = f"{REGION}:{ACCOUNT}"
EVENT = {"Source": "thief", "DetailType": "Auth0 log", "Detail": "no JSON"}


@dataclass(frozen=True)
class Attempt:
    action: str  # as policies name it
    resource: str
    request: Callable[[Client], object] = field(repr=False, compare=False)


# By resource type: the ARN of one with this physical id, as IAM compares it.
ARNS: dict[str, Callable[[str], str]] = {
    "AWS::SQS::Queue": lambda id_: f"arn:aws:sqs:{HERE}:{id_.rpartition('/')[2]}",
    "AWS::SNS::Topic": lambda id_: id_,
    "AWS::KMS::Key": lambda id_: f"arn:aws:kms:{HERE}:key/{id_}",
    "AWS::DynamoDB::Table": lambda id_: f"arn:aws:dynamodb:{HERE}:table/{id_}",
    "AWS::Events::EventBus": lambda id_: f"arn:aws:events:{HERE}:event-bus/{id_}",
    "AWS::Kinesis::Stream": lambda id_: f"arn:aws:kinesis:{HERE}:stream/{id_}",
    "AWS::Lambda::Function": lambda id_: f"arn:aws:lambda:{HERE}:function:{id_}",
    "AWS::IAM::Role": lambda id_: f"arn:aws:iam::{ACCOUNT}:role/{id_}",
}
REQUESTS: dict[str, dict[str, Callable[..., object]]] = {
    "AWS::SQS::Queue": {
        "sqs:SendMessage": lambda aws, id_: aws("sqs").send_message(QueueUrl=id_, MessageBody=""),
        "sqs:ReceiveMessage": lambda aws, id_: aws("sqs").receive_message(QueueUrl=id_, MaxNumberOfMessages=99),
        "sqs:DeleteMessage": lambda aws, id_: aws("sqs").delete_message(QueueUrl=id_, ReceiptHandle="none"),
        "sqs:SetQueueAttributes": lambda aws, id_: aws("sqs").set_queue_attributes(QueueUrl=id_, Attributes={}),
    },
    "AWS::SNS::Topic": {"sns:Publish": lambda aws, id_: aws("sns").publish(TopicArn=id_, Message="")},
    "AWS::KMS::Key": {
        "kms:Decrypt": lambda aws, id_: aws("kms").decrypt(KeyId=id_, CiphertextBlob=b"none"),
        "kms:GenerateDataKey": lambda aws, id_: aws("kms").generate_data_key(KeyId=id_, KeySpec="none"),
        "kms:GetKeyPolicy": lambda aws, id_: aws("kms").get_key_policy(KeyId=id_, PolicyName="default"),
    },
    "AWS::DynamoDB::Table": {
        "dynamodb:GetItem": lambda aws, id_: aws("dynamodb").get_item(TableName=id_, Key={}),
        "dynamodb:PutItem": lambda aws, id_: aws("dynamodb").put_item(TableName=id_, Item={}),
        "dynamodb:Scan": lambda aws, id_: aws("dynamodb").scan(TableName=id_),
    },
    "AWS::Events::EventBus": {
        "events:PutEvents": lambda aws, id_: aws("events").put_events(Entries=[{**EVENT, "EventBusName": id_}])
    },
    "AWS::Kinesis::Stream": {
        "kinesis:PutRecord": lambda aws, id_: aws("kinesis").put_record(StreamName=id_, PartitionKey="", Data=b""),
        "kinesis:ListShards": lambda aws, id_: aws("kinesis").list_shards(StreamName=id_),
    },
    "AWS::Lambda::Function": {
        "lambda:InvokeFunction": lambda aws, id_: aws("lambda").invoke(FunctionName=id_, InvocationType="DryRun"),
        "lambda:GetFunction": lambda aws, id_: aws("lambda").get_function(FunctionName=id_),
    },
    "AWS::IAM::Role": {
        "sts:AssumeRole": lambda aws, id_: aws("sts").assume_role(
            RoleArn=ARNS["AWS::IAM::Role"](id_), RoleSessionName="thief"
        ),
        "iam:DeleteRolePolicy": lambda aws, id_: aws("iam").delete_role_policy(RoleName=id_, PolicyName="none"),
    },
}
OF_THE_ACCOUNT: dict[str, Callable[[Client], object]] = {
    "s3:ListAllMyBuckets": lambda aws: aws("s3").list_buckets(),
    "ssm:GetParameter": lambda aws: aws("ssm").get_parameter(Name="/somebody/else"),
    "secretsmanager:ListSecrets": lambda aws: aws("secretsmanager").list_secrets(),
    "iam:ListRoles": lambda aws: aws("iam").list_roles(),
    "cloudformation:ListStacks": lambda aws: aws("cloudformation").list_stacks(),
    "events:PutRule": lambda aws: aws("events").put_rule(Name="none", EventPattern="none"),
    "logs:DescribeLogGroups": lambda aws: aws("logs").describe_log_groups(),
    "sqs:ListQueues": lambda aws: aws("sqs").list_queues(),
}


def attempts(deployed: Deployment) -> Iterator[Attempt]:
    """Of every kind on every resource of the app, and on one of each kind that is not the app's."""
    found = {(kind, id_) for kind, id_ in resources(deployed) if kind in REQUESTS} | set(beside(deployed))
    for kind, id_ in sorted(found):
        for action, request in REQUESTS[kind].items():
            yield Attempt(action, ARNS[kind](id_), partial(request, id_=id_))
    for action, ask in OF_THE_ACCOUNT.items():
        yield Attempt(action, NOBODY, ask)


def resources(deployed: Deployment) -> Iterator[tuple[str, str]]:
    """Type and physical id of each resource of the app's stacks."""
    cloudformation = deployed.client("cloudformation")
    for stack in cloudformation.describe_stacks()["Stacks"]:
        if stack["StackName"].startswith(STACKS):
            for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack["StackName"]):
                for resource in page["StackResourceSummaries"]:
                    yield resource["ResourceType"], resource["PhysicalResourceId"]


def beside(deployed: Deployment) -> Iterator[tuple[str, str]]:
    """Made here, but the default bus, which every account has."""
    yield "AWS::Events::EventBus", "default"
    yield "AWS::SQS::Queue", deployed.client("sqs").create_queue(QueueName="beside")["QueueUrl"]
    yield "AWS::SNS::Topic", deployed.client("sns").create_topic(Name="beside")["TopicArn"]
    yield "AWS::KMS::Key", deployed.client("kms").create_key()["KeyMetadata"]["KeyId"]
    key: Any = {"AttributeName": "id", "KeyType": "HASH"}
    deployed.client("dynamodb").create_table(
        TableName="beside", KeySchema=[key], AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )  # fmt: skip
    yield "AWS::DynamoDB::Table", "beside"
