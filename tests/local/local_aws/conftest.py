"""One local AWS for all behaviour tests."""

from collections.abc import Iterator

import pytest

from local_aws import control
from tests.local.local_aws.aws import Aws


@pytest.fixture(scope="session")
def shared() -> Iterator[Aws]:
    with control.start() as running:
        yield Aws(running)


@pytest.fixture
def aws(shared: Aws) -> Iterator[Aws]:
    yield shared
    if shared.has_faults:
        shared.faults()
