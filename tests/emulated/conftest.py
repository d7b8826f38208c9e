"""One moto for all tests with an AWS in this process; each of them finds it empty."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests import examples as examples

if TYPE_CHECKING:
    from moto.core.models import MockAWS


@pytest.fixture(scope="package")
def emulator() -> "Iterator[MockAWS]":
    """Its start takes as long as some tests. A `mock_aws` inside of it neither starts nor empties it."""
    # pytest-xdist's controller loads this file before it starts a worker, and runs no test.
    from moto import mock_aws
    from moto.core.utils import camelcase_to_underscores, method_names_from_class

    from tests.boto3_once import computed_once

    with computed_once(), mock_aws() as started, pytest.MonkeyPatch.context() as patch:
        # pure: the first is called fifteen times for each attribute of a queue, the second for each request
        patch.setattr("moto.sqs.models.camelcase_to_underscores", cache(camelcase_to_underscores))
        patch.setattr("moto.core.responses.method_names_from_class", cache(method_names_from_class))
        yield started


@pytest.fixture(autouse=True)
def emptied(emulator: "MockAWS", monkeypatch: pytest.MonkeyPatch) -> None:
    emulator.reset()
    monkeypatch.setattr("boto3.DEFAULT_SESSION", None)
