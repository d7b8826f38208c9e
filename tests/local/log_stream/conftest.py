"""One local AWS that enforces IAM, and an Auth0 tenant beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from demo.auth0 import Auth0
from demo.customer import STACKS, Customer
from demo.tenant.server import TenantServer
from local_aws.control import start
from tests.local.cloudformation import bootstrap, deploy, remove
from tests.local.synthesis import synthesise

SECRET = "auth0/example-tenant"  # noqa: S105 - its name


@dataclass
class Place:
    """Where the smallest app with a log stream is deployed, again and again."""

    customer: Customer
    tenant: TenantServer
    folder: Path

    @cached_property
    def own(self) -> Path:
        """The assembly with a stream of its own, and nothing else said about it."""
        return self.synthesise(auth0_secret=SECRET)

    def synthesise(self, **settings: Any) -> Path:
        assembly = self.folder / str(len(list(self.folder.iterdir())))
        synthesise(assembly, simulator=False, targets=frozenset(), **settings)
        return assembly

    def deploy(self, assembly: Path) -> list[str]:
        """Without the CLI: the stacks that were changed."""
        return deploy(self.customer.cloudformation, assembly)

    def deploy_with_cli(self, assembly: Path, *options: str) -> None:
        """Raises CdkError."""
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
        remove(self.customer.cloudformation, *(STACKS + name for name in stacks))

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
            bootstrap(customer.cloudformation)
            yield Place(customer, tenant, folder)
