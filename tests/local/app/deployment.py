"""What does a local test ask of the deployed app?"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import boto3

from demo.auth0 import EVENT_SOURCE, Auth0
from demo.customer import STACKS, Customer
from local_aws.control import LocalAws
from ops.ends import ENDS, lines
from ops.ledger import Row, compare, is_complete
from stacks.route import Target
from stacks.routes import ROUTES

PATIENCE = 60.0  # seconds
POISON_FOR_THE_TASK = "no JSON"
POISON_FOR_THE_INSTANCE = '{"detail": {"log_id": "an event without a type"}}'
Seen = TypeVar("Seen")


def eventually(look: Callable[[], Seen], *, seconds: float = PATIENCE) -> Seen:
    """What `look` gives once it is truthy, or at the end of the patience."""
    give_up = time.monotonic() + seconds
    while not (seen := look()) and time.monotonic() < give_up:
        time.sleep(0.2)
    return seen


def deploy(aws: LocalAws, assembly: Path) -> "Deployment":
    """Deploys the app with the CDK CLI; `assembly` is synthesised if it is not there yet."""
    customer = Customer(aws)
    auth0 = Auth0(endpoint_url=aws.endpoint_url, region=customer.region)
    auth0.create_event_source(customer_account=customer.account)
    cdk = customer.cdk(context={"event_source": EVENT_SOURCE}, assembly=str(assembly))
    if not assembly.exists():
        cdk.synth()
    cdk.bootstrap()
    cdk.deploy()
    return Deployment(customer, auth0, assembly)


@dataclass
class Deployment:
    """The app, deployed by the CDK CLI onto a local AWS that has a partner event source for it."""

    customer: Customer
    auth0: Auth0
    assembly: Path
    test_began_ms: int = 0  # since 1970
    clients: dict[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def outputs(self) -> dict[str, str]:
        return self.customer.outputs()

    @cached_property
    def physical_ids(self) -> dict[str, str]:
        """Physical id by logical id; logical ids are unique over the app."""
        pages = self.client("cloudformation").get_paginator("list_stack_resources")
        return {
            resource["LogicalResourceId"]: resource["PhysicalResourceId"]
            for stack in ("EventBus", "Targets", "Sender", "Monitoring")
            for page in pages.paginate(StackName=STACKS + stack)
            for resource in page["StackResourceSummaries"]
        }

    def client(self, service: str) -> Any:
        if service not in self.clients:
            environment = self.customer.environment
            self.clients[service] = boto3.client(
                service,  # type: ignore[call-overload]  # one client function for any service
                endpoint_url=environment["AWS_ENDPOINT_URL"],
                region_name=environment["AWS_REGION"],
                aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
            )
        return self.clients[service]

    def physical_id(self, path: str) -> str:
        """Of the resource whose construct path below its stack, without slashes, is `path`."""
        (found,) = [physical for logical, physical in self.physical_ids.items() if logical[:-8] == path]
        return found

    def letters(self, queue: str) -> list[dict[str, Any]]:
        """The messages that wait in a dead-letter queue, left where they are."""
        answer = self.client("sqs").receive_message(
            QueueUrl=self.physical_id(queue), MaxNumberOfMessages=10, VisibilityTimeout=0, MessageAttributeNames=["All"]
        )
        return list(answer.get("Messages", []))

    def letter_about(self, queue: str, log_id: str) -> dict[str, str]:
        """The attributes of the message about this log, once it is there."""
        message = eventually(lambda: next((m for m in self.letters(queue) if log_id in m["Body"]), None))
        assert message, f"nothing about {log_id} in {queue}: {self.letters(queue)}"
        return {name: value["StringValue"] for name, value in message.get("MessageAttributes", {}).items()}

    def send(self, events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """The sender's answer to a request with these events."""
        return self.customer.invoke_sender(self.outputs["SenderFunctionName"], {"events": list(events)})

    def arrivals(self) -> dict[Target, Counter[str]]:
        """Since the test began: there are thousands of others, some of them large."""
        return self.customer.arrivals(self.outputs, since_ms=self.test_began_ms)

    def lines(self, target: Target) -> Iterator[dict[str, Any]]:
        """What the target's end said since the test began."""
        return lines(self.customer.logs, self.outputs[ENDS[target].output], startTime=self.test_began_ms)

    def ledger(self, sent: Mapping[str, str]) -> list[Row]:
        """What has become of these events; what other tests sent is left out."""
        seen = self.arrivals()
        ours = {target: type(count)({i: n for i, n in count.items() if i in sent}) for target, count in seen.items()}
        return compare(sent, ours, ROUTES)

    def complete_ledger(self, sent: Mapping[str, str]) -> list[Row]:
        """The ledger once it is complete, or at the end of the patience."""
        rows: list[Row] = []

        def look() -> bool:
            rows[:] = self.ledger(sent)
            return is_complete(rows)

        eventually(look)
        return rows

    def put_raw_record(self, data: bytes) -> None:
        self.client("kinesis").put_record(
            StreamName=self.physical_id("ActivityRouteStream"), PartitionKey="poison", Data=data
        )

    def put_raw_message(self, queue: str, body: str) -> None:
        self.client("sqs").send_message(QueueUrl=self.physical_id(queue), MessageBody=body)

    def configure(self, function: str, variables: Mapping[str, str]) -> None:
        """Adds to a function's environment variables."""
        functions, name = self.client("lambda"), self.physical_id(function)
        now = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        functions.update_function_configuration(FunctionName=name, Environment={"Variables": {**now, **variables}})

    @contextmanager
    def timeout(self, function: str, *, seconds: int) -> Iterator[None]:
        functions, name = self.client("lambda"), self.physical_id(function)
        before = functions.get_function_configuration(FunctionName=name)["Timeout"]
        functions.update_function_configuration(FunctionName=name, Timeout=seconds)
        try:
            yield
        finally:
            functions.update_function_configuration(FunctionName=name, Timeout=before)
