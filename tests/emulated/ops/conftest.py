"""An environment whose AWS is in the process."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.emulated.ops.world import World
from tests.unit.ops.names import REGION


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


@pytest.fixture
def world(credentials: None) -> Iterator[World]:
    with mock_aws():
        yield World()
