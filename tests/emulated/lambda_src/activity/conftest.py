"""Which AWS does the activity function meet in its tests? None: moto, in this process."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from lambda_src.activity.handler import counted_logs

TABLE = "counted"


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in (
        ("AWS_DEFAULT_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "testing"),
        ("AWS_SECRET_ACCESS_KEY", "testing"),
        ("COUNTED_LOGS_TABLE_NAME", TABLE),
    ):
        monkeypatch.setenv(name, value)
    with mock_aws():
        create_table()
        counted_logs.cache_clear()
        yield
    counted_logs.cache_clear()


def create_table() -> None:
    boto3.client("dynamodb").create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
