"""Clients for every test on a local AWS."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def quick_clients() -> Iterator[None]:
    # pytest-xdist's controller loads this file before it starts a worker, and runs no test.
    from tests.boto3_once import computed_once

    with computed_once():
        yield
