"""Clients for every test on a local AWS."""

from collections.abc import Iterator

import pytest

from tests.boto3_once import computed_once


@pytest.fixture(scope="session", autouse=True)
def quick_clients() -> Iterator[None]:
    with computed_once():
        yield
