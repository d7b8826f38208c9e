"""What does the customer's side ask of its AWS account?"""

import json
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from demo.cdk import Cdk
from lambda_src.auth0_events.envelope import Auth0Log, detail
from local_aws.control import LocalAws
from ops.ends import arrivals
from stacks.route import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

STACKS = "Auth0Events-dev-"
MOST_EVENTS = 1_000  # of one invocation here: about 1.5 MB of Lambda's 6 MB
SLOWEST_ANSWER = 900  # seconds: the sender's own timeout


class SenderError(Exception):
    """The sender's own error message, when an invocation of it failed."""


class Customer:
    """boto3 clients of the customer's account on a local AWS."""

    def __init__(self, aws: LocalAws) -> None:
        self.folder = aws.log_path.parent
        self.environment: Mapping[str, str] = aws.environment()
        self.account = self.environment["CDK_DEFAULT_ACCOUNT"]
        self.region = self.environment["AWS_REGION"]
        common: dict[str, Any] = {
            "endpoint_url": aws.endpoint_url,
            "region_name": self.region,
            "aws_access_key_id": self.environment["AWS_ACCESS_KEY_ID"],
            "aws_secret_access_key": self.environment["AWS_SECRET_ACCESS_KEY"],
            # No second try: an answer that got lost must not send the events again.
            "config": Config(read_timeout=SLOWEST_ANSWER, retries={"total_max_attempts": 1, "mode": "standard"}),
        }
        self.events = boto3.client("events", **common)
        self.logs = boto3.client("logs", **common)
        self.functions = boto3.client("lambda", **common)
        self.secrets: Any = boto3.client("secretsmanager", **common)
        self.cloudformation = boto3.client("cloudformation", **common)

    def cdk(self, *, context: "Mapping[str, str]", assembly: str = "cdk.out") -> Cdk:
        """`assembly`: a path from the folder of the local AWS, which is removed some time after that is gone."""
        return Cdk(environment=self.environment, context=context, assembly=self.folder / assembly)

    def keep_secret(self, name: str, text: str) -> None:
        """As `aws secretsmanager create-secret` does."""
        self.secrets.create_secret(Name=name, SecretString=text)

    def outputs(self) -> dict[str, str]:
        """All outputs of the app's stacks; their keys are unique over the app."""
        return {
            output["OutputKey"]: output["OutputValue"]
            for page in self.cloudformation.get_paginator("describe_stacks").paginate()
            for stack in page["Stacks"]
            if stack["StackName"].startswith(STACKS)
            for output in stack.get("Outputs", [])
        }

    def arrivals(self, outputs: "Mapping[str, str]", *, since_ms: int = 0) -> dict[Target, Counter[str]]:
        return arrivals(self.logs, outputs, since_ms=since_ms)

    def invoke_sender(self, function: str, request: "Mapping[str, Any]") -> dict[str, Any]:
        """The sender's answer: sent, retried, failed, failures. Raises SenderError."""
        answer = self.functions.invoke(FunctionName=function, Payload=json.dumps(request).encode())
        payload: dict[str, Any] = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise SenderError(f"the sender failed: {payload.get('errorMessage', payload)}")
        return payload

    def send(self, function: str, logs: Sequence[Auth0Log]) -> dict[str, str]:
        """Sends these logs through the sender; returns the log type of each log_id. Raises SenderError."""
        remaining = iter(logs)
        while chunk := list(islice(remaining, MOST_EVENTS)):
            answer = self.invoke_sender(function, {"events": [detail(log) for log in chunk]})
            if answer["failed"]:
                raise SenderError(f"the sender gave up on {answer['failed']} events: {answer['failures'][:3]}")
        return {log.log_id: log.type for log in logs}
