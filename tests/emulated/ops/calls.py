"""How does a test answer a call to AWS that moto cannot, or that must fail?"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from tests.emulated import made
from tests.unit.ops.names import ACCOUNT

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
    names = ("AlertRouteUndeliveredQueue", "TaskInboxUnprocessedQueue", "TaskInboxQueue")
    letters = f"arn:aws:sqs:{region}:{ACCOUNT}:Auth0Events-dev-TaskInboxUnprocessedQueue"
    policy = {"RedrivePolicy": json.dumps({"deadLetterTargetArn": letters, "maxReceiveCount": "5"})}
    urls = {
        name: made.queue(f"Auth0Events-dev-{name}", region=region, **(policy if name == "TaskInboxQueue" else {}))
        for name in names
    }
    sender = made.queue("Auth0Events-dev-UndeliveredQueue", region=region)
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
