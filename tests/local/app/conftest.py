"""One local AWS for the session that enforces IAM, with the app deployed onto it by the CDK CLI."""

import time
from collections.abc import Iterator

import pytest

from local_aws.control import start
from tests.local.app.deployment import POISON_FOR_THE_INSTANCE, POISON_FOR_THE_TASK, Deployment, deploy


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AUTH", "true")  # each function, task and instance may do what its role allows, no more
        started = start()
    with started as aws:
        deployment = deploy(aws, tmp_path_factory.mktemp("assembly") / "cdk.out")
        # First of all: five receives with growing pauses take their time, in which the other tests run.
        deployment.put_raw_message("TaskInboxQueue", POISON_FOR_THE_TASK)
        deployment.put_raw_message("InstancesInboxQueue", POISON_FOR_THE_INSTANCE)
        yield deployment


@pytest.fixture(autouse=True)
def began(request: pytest.FixtureRequest) -> None:
    """A moment before: what a redrive writes to the event log has the event's own time, which is of whole seconds."""
    if "deployed" in request.fixturenames:
        request.getfixturevalue("deployed").test_began_ms = (int(time.time()) - 1) * 1000
