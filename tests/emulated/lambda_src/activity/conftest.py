"""Which AWS does the activity function meet in its tests? None: moto, in this process."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from lambda_src.activity.handler import counted_logs
from tests.emulated import made

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
        made.table(TABLE)
        counted_logs.cache_clear()
        yield
    counted_logs.cache_clear()
