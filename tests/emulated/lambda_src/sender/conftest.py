"""Which AWS does the sender meet in its tests? None: moto, in this process."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from lambda_src.sender.clients import events_client, sqs_client
from lambda_src.sender.handler import bus_check, pace


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
    for made in (events_client, sqs_client, bus_check, pace):
        made.cache_clear()


@pytest.fixture
def queue_url(aws: None) -> str:
    return sqs_client().create_queue(QueueName="undelivered")["QueueUrl"]
