"""How does a test answer a call to AWS that moto cannot, or that must fail?"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

Answer = Callable[[Mapping[str, Any]], Any]


def answer(patch: pytest.MonkeyPatch, operation: str, function: Answer) -> None:
    """`function` answers this operation of every client; the others go where they went."""
    client: Any = BaseClient
    others = client._make_api_call

    def call(self: Any, name: str, arguments: Mapping[str, Any]) -> Any:
        return function(arguments) if name == operation else others(self, name, arguments)

    patch.setattr(client, "_make_api_call", call)


def deploy(patch: pytest.MonkeyPatch, region: str) -> None:
    """The environment `dev` with two dead-letter queues and an inbox, in moto's SQS. moto lacks CloudFormation here."""
    sqs = boto3.client("sqs", region_name=region)
    names = ("AlertRouteUndeliveredQueue", "TaskInboxUnprocessedQueue", "TaskInboxQueue")
    urls = {name: sqs.create_queue(QueueName=f"Auth0Events-dev-{name}")["QueueUrl"] for name in names}
    letters = sqs.get_queue_attributes(QueueUrl=urls[names[1]], AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": letters, "maxReceiveCount": "5"})
    sqs.set_queue_attributes(QueueUrl=urls[names[2]], Attributes={"RedrivePolicy": policy})
    sender = sqs.create_queue(QueueName="Auth0Events-dev-UndeliveredQueue")["QueueUrl"]
    stacks = {
        "Auth0Events-dev-Targets": urls,
        "Auth0Events-dev-Sender": {"UndeliveredQueue": sender},
        "Auth0Events-quiet-Targets": {"EventLogUndeliveredQueue": sender},
    }

    def described(arguments: Mapping[str, Any]) -> Any:
        if arguments["StackName"] not in stacks:
            message = f"Stack with id {arguments['StackName']} does not exist"
            raise ClientError({"Error": {"Code": "ValidationError", "Message": message}}, "DescribeStacks")
        created = {"StackStatus": "CREATE_COMPLETE", "CreationTime": datetime(2026, 11, 24, tzinfo=UTC)}
        outputs = [{"OutputKey": "SenderUndeliveredQueueUrl", "OutputValue": sender}]
        return {"Stacks": [created | ({"Outputs": outputs} if arguments["StackName"].endswith("Sender") else {})]}

    def resources(arguments: Mapping[str, Any]) -> Any:
        found = stacks[arguments["StackName"]].items()
        return {"StackResourceSummaries": [summary(path, url) for path, url in found]}

    answer(patch, "DescribeStacks", described)
    answer(patch, "ListStackResources", resources)


def summary(path: str, url: str) -> dict[str, str]:
    return {"LogicalResourceId": f"{path}1A2B3C4D", "PhysicalResourceId": url, "ResourceType": "AWS::SQS::Queue"}
