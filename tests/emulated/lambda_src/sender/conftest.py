"""Which AWS does the sender meet in its tests? None: moto, in this process."""

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws
from moto.core.models import botocore_stubber

from lambda_src.sender.clients import events_client, sqs_client
from lambda_src.sender.handler import bus_check, pace
from tests.emulated import made


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in (
        ("AWS_DEFAULT_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "testing"),
        ("AWS_SECRET_ACCESS_KEY", "testing"),
    ):
        monkeypatch.setenv(name, value)
    with mock_aws():
        cold_start()
        yield
    cold_start()


def cold_start() -> None:
    for each in (events_client, sqs_client, bus_check, pace):
        each.cache_clear()


@pytest.fixture
def queue_url(aws: None) -> str:
    return made.queue("undelivered")


def moto_answers(client: Any, *operations: str) -> None:
    """These alone: it would work through a request that another answers, too."""
    client.meta.events.unregister("before-send", botocore_stubber)
    for operation in operations:
        client.meta.events.register(f"before-send.{operation}", botocore_stubber)
