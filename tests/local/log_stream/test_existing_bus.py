"""Is a log stream whose bus somebody made by hand taken over without loss?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from demo.auth0 import EVENT_SOURCE, Auth0
from demo.cdk import CdkError
from demo.customer import STACKS
from lambda_src.auth0_events.generator import generate_logs
from local_aws.control import LocalAws, start
from ops.ends import arrivals
from stacks.route import Target
from tests.local.app.deployment import eventually
from tests.local.app.environment import Environment
from tests.local.cloudformation import NotDeployed, bootstrap, deploy, remove
from tests.local.synthesis import synthesise

pytestmark = pytest.mark.local
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LEAN: Any = {"simulator": False, "targets": frozenset()}


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with start() as running:
        yield running


@pytest.fixture(scope="module")
def by_hand(aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Deployed onto a bus that was associated in the console."""
    folder = tmp_path_factory.mktemp("assembly")
    customer = Environment(aws, {}, folder).customer
    Auth0(endpoint_url=aws.endpoint_url, region=customer.region).create_event_source(customer_account=customer.account)
    arn = customer.events.create_event_bus(Name=EVENT_SOURCE, EventSourceName=EVENT_SOURCE)["EventBusArn"]
    environment = lean(aws, arn, folder / "cdk.out")
    bootstrap(customer.cloudformation)
    deploy(customer.cloudformation, environment.assembly)
    return environment


def lean(aws: LocalAws, event_source: str, assembly: Path) -> Environment:
    synthesise(assembly, event_source=(event_source,), **LEAN)
    return Environment(aws, {}, assembly)


def test_its_events_flow_and_a_second_deployment_changes_nothing(by_hand: Environment, aws: LocalAws) -> None:
    customer = by_hand.customer
    auth0 = Auth0(endpoint_url=aws.endpoint_url, region=customer.region)
    sent = auth0.send(generate_logs(codes=["fp", "s"], count=4, seed=1, now=NOW))
    outputs = customer.outputs()
    assert eventually(lambda: set(arrivals(customer.logs, outputs)[Target.EVENT_LOG]) >= set(sent))
    assert deploy(customer.cloudformation, by_hand.assembly) == []


def test_to_give_its_name_instead_of_its_arn_is_refused_and_loses_nothing(
    by_hand: Environment, aws: LocalAws, tmp_path: Path
) -> None:
    own = lean(aws, EVENT_SOURCE, tmp_path / "cdk.out")
    # By the templates alone: change sets say nothing more about whether anything differs.
    with pytest.raises(CdkError, match=r"failed with exit code 1:(?s:.*)Number of stacks with differences: 3"):
        own.diff("--method=template")
    with pytest.raises(NotDeployed, match="already exists"):
        deploy(own.customer.cloudformation, own.assembly)
    assert by_hand.buses() == {EVENT_SOURCE}
    by_hand.diff()


def test_the_bus_outlives_the_stacks(by_hand: Environment) -> None:
    remove(by_hand.customer.cloudformation, *(f"{STACKS}{name}" for name in ("Monitoring", "Targets", "EventBus")))
    assert by_hand.stacks() == set()
    assert by_hand.buses() == {EVENT_SOURCE}
    assert by_hand.customer.events.describe_event_source(Name=EVENT_SOURCE)["State"] == "ACTIVE"
