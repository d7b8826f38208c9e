"""One local AWS for the session that enforces IAM, with the app deployed onto it by the CDK CLI."""

from collections.abc import Iterator

import pytest

from demo.auth0 import EVENT_SOURCE, Auth0
from demo.customer import Customer
from local_aws.control import start
from tests.local.app.deployment import POISON_FOR_THE_INSTANCE, POISON_FOR_THE_TASK, Deployment


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AUTH", "true")  # each function, task and instance may do what its role allows, no more
        started = start()
    with started as aws:
        customer = Customer(aws)
        auth0 = Auth0(endpoint_url=aws.endpoint_url, region=customer.region)
        auth0.create_event_source(customer_account=customer.account)
        assembly = str(tmp_path_factory.mktemp("assembly") / "cdk.out")
        cdk = customer.cdk(context={"event_source": EVENT_SOURCE}, assembly=assembly)
        cdk.synth()
        cdk.bootstrap()
        cdk.deploy()
        deployment = Deployment(customer, auth0)
        # First of all: five receives with growing pauses take their time, in which the other tests run.
        deployment.put_raw_message("TaskInboxQueue", POISON_FOR_THE_TASK)
        deployment.put_raw_message("InstancesInboxQueue", POISON_FOR_THE_INSTANCE)
        yield deployment
