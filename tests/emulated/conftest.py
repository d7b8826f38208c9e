"""One moto for all tests with an AWS in this process; each of them finds it empty."""

from collections.abc import Iterator
from functools import cache

import boto3
import pytest
from moto import mock_aws
from moto.core.models import MockAWS
from moto.core.utils import camelcase_to_underscores

from tests import examples as examples
from tests.boto3_once import computed_once


@pytest.fixture(scope="package")
def emulator() -> Iterator[MockAWS]:
    """Its start takes as long as some tests. A `mock_aws` inside of it neither starts nor empties it."""
    with computed_once(), mock_aws() as started, pytest.MonkeyPatch.context() as patch:
        # pure, and called fifteen times for each attribute of a queue
        patch.setattr("moto.sqs.models.camelcase_to_underscores", cache(camelcase_to_underscores))
        yield started


@pytest.fixture(autouse=True)
def emptied(emulator: MockAWS, monkeypatch: pytest.MonkeyPatch) -> None:
    emulator.reset()
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
