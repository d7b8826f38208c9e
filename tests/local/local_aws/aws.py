"""What do the behaviour tests make and ask in a local AWS?"""

import io
import json
import textwrap
import time
import uuid
import zipfile
from collections.abc import Callable
from typing import Any, TypeVar

import boto3
from botocore.config import Config

from local_aws import control

Found = TypeVar("Found")


class Aws:
    """boto3 clients of one local AWS, and the few things that most tests make there."""

    def __init__(self, running: control.LocalAws, account: str = control.ACCOUNT, region: str = control.REGION) -> None:
        self.running = running
        self.has_faults = False
        self._session: Any = boto3.Session(account, "local", region_name=region)
        self._clients: dict[str, Any] = {}

    def __getattr__(self, service: str) -> Any:
        name = {"functions": "lambda"}.get(service, service)
        if name not in self._clients:
            self._clients[name] = self._session.client(name, endpoint_url=self.running.endpoint_url)
        return self._clients[name]

    @property
    def without_retries(self) -> Any:
        """A client for EventBridge that sends each request once."""
        once = Config(retries={"total_max_attempts": 1})
        return self._session.client("events", endpoint_url=self.running.endpoint_url, config=once)

    def queue(self) -> tuple[str, str]:
        url = self.sqs.create_queue(QueueName=unique("queue"))["QueueUrl"]
        attributes = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
        return url, attributes["QueueArn"]

    def messages(self, url: str, count: int = 1) -> list[dict[str, Any]]:
        """Waits for so many."""
        found: list[dict[str, Any]] = []

        def enough() -> bool:
            more = self.sqs.receive_message(
                QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1, MessageAttributeNames=["All"]
            )
            found.extend(more.get("Messages", []))
            return len(found) >= count

        eventually(enough)
        return found

    def function(self, source: str, **settings: Any) -> str:
        """Its ARN; `source` defines handler(event, context)."""
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("code.py", textwrap.dedent(source))
        made = self.functions.create_function(
            FunctionName=unique("function"),
            Runtime="python3.14",
            Handler="code.handler",
            Role=f"arn:aws:iam::{control.ACCOUNT}:role/any",
            Code={"ZipFile": archive.getvalue()},
            Timeout=10,
            **settings,
        )
        return str(made["FunctionArn"])

    def log_lines(self, group: str) -> list[str]:
        return [event["message"] for event in self.logs.filter_log_events(logGroupName=group)["events"]]

    def output_of(self, function_arn: str) -> list[str]:
        try:
            return self.log_lines(f"/aws/lambda/{function_arn.rpartition(':')[2]}")
        except self.logs.exceptions.ResourceNotFoundException:
            return []

    def rule(self, bus: str, *targets: dict[str, Any], pattern: dict[str, Any] | None = None) -> str:
        """A rule on the bus, which is made if it does not exist; its name."""
        name = unique("rule")
        if bus not in [each["Name"] for each in self.events.list_event_buses()["EventBuses"]]:
            self.events.create_event_bus(Name=bus)
        self.events.put_rule(
            Name=name, EventBusName=bus, EventPattern=json.dumps(pattern or {"account": [control.ACCOUNT]})
        )
        numbered = [{"Id": str(number), **target} for number, target in enumerate(targets)]
        self.events.put_targets(Rule=name, EventBusName=bus, Targets=numbered)
        return name

    def put(self, bus: str, detail: dict[str, Any] | None = None, **entry: Any) -> dict[str, Any]:
        event = {"Source": "auth0.simulation", "DetailType": "Auth0 log", "Detail": json.dumps(detail or {"n": 1})}
        answer: dict[str, Any] = self.events.put_events(Entries=[{**event, "EventBusName": bus, **entry}])
        return answer

    def deploy(self, resources: dict[str, Any], name: str | None = None) -> str:
        """Creates or updates a stack, and waits; its name. Raises botocore's WaiterError."""
        act, wait = ("update_stack", "stack_update_complete") if name else ("create_stack", "stack_create_complete")
        name = name or unique("stack")
        getattr(self.cloudformation, act)(StackName=name, TemplateBody=json.dumps({"Resources": resources}))
        self.cloudformation.get_waiter(wait).wait(StackName=name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})
        return name

    def faults(self, **asked: Any) -> None:
        self.has_faults = bool(asked)
        self.ssm.put_parameter(Name="/local-aws/faults", Type="String", Value=json.dumps(asked), Overwrite=True)


def unique(kind: str) -> str:
    return f"{kind}-{uuid.uuid4().hex[:8]}"


def eventually(ask: Callable[[], Found], *, seconds: float = 20) -> Found:
    """What `ask` answers as soon as it is true; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (answer := ask()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return answer
