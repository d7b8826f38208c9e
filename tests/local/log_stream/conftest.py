"""One local AWS that enforces IAM, and an Auth0 tenant beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from demo.auth0 import Auth0
from demo.customer import STACKS, Customer
from demo.tenant.server import TenantServer
from local_aws.control import start
from tests.local.synthesis import synthesise

SECRET = "auth0/example-tenant"  # noqa: S105 - its name
DIRECT = "--method=direct"  # without a change set, which is a third of what the CLI does in a deployment


@dataclass
class Place:
    """Where the smallest app with a log stream is deployed, again and again."""

    customer: Customer
    tenant: TenantServer
    folder: Path

    def deploy(self, *options: str, **settings: Any) -> None:
        """With a stream of its own. Raises CdkError."""
        self.deploy_as(*options, auth0_secret=SECRET, **settings)

    def deploy_as(self, *options: str, **settings: Any) -> None:
        """With the real CDK CLI. Raises CdkError."""
        assembly = self.folder / str(len(list(self.folder.iterdir())))
        synthesise(assembly, simulator=False, targets=frozenset(), **settings)
        self.customer.cdk(context={}, assembly=str(assembly)).deploy(*options)

    @property
    def streams(self) -> dict[str, dict[str, Any]]:
        return self.tenant.streams.streams

    def state(self, source: str) -> str:
        return self.customer.events.describe_event_source(Name=source)["State"]

    def stack(self) -> Any:
        (found,) = self.customer.cloudformation.describe_stacks(StackName=f"{STACKS}EventBus")["Stacks"]
        return found

    def remove(self, *stacks: str) -> None:
        for name in stacks:
            self.customer.cloudformation.delete_stack(StackName=STACKS + name)
            waiter = self.customer.cloudformation.get_waiter("stack_delete_complete")
            waiter.wait(StackName=STACKS + name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})

    def everything_told(self) -> str:
        """All that CloudFormation and the functions wrote down."""
        events = self.customer.cloudformation.describe_stack_events(StackName=f"{STACKS}EventBus")
        groups = self.customer.logs.describe_log_groups()["logGroups"]
        logs = [self.customer.logs.filter_log_events(logGroupName=group["logGroupName"]) for group in groups]
        return f"{events} {logs}"


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AUTH", "true")
        started = start()
    with started as aws:
        customer = Customer(aws)
        folder = tmp_path_factory.mktemp("assemblies")
        with TenantServer(Auth0(endpoint_url=aws.endpoint_url, region=customer.region)) as tenant:
            made = Place(customer, tenant, folder)
            bootstrap(made)
            yield made


def bootstrap(place: Place) -> None:
    synthesise(place.folder / "0", targets=frozenset())
    place.customer.cdk(context={}, assembly=str(place.folder / "0")).bootstrap()
