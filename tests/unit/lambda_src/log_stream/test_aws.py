"""What does the function take from AWS, and what does it say when AWS refuses?"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from lambda_src.log_stream.aws import events_client, secret_text, secrets_client, wait_for_source
from lambda_src.log_stream.refusal import Refused
from tests.unit.lambda_src.log_stream.tenant import REGION, SECRET, World


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in {"AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        secrets_client.cache_clear()
        events_client.cache_clear()
        yield


def test_a_secret_that_cannot_be_read_says_why(aws: None) -> None:
    client = boto3.client("secretsmanager", region_name=REGION)
    with pytest.raises(Refused, match="secret auth0/example cannot be read: there is none of this name"):
        secret_text(secrets_client(), SECRET)
    client.create_secret(Name=SECRET, SecretBinary=b"binary")
    assert secret_text(secrets_client(), SECRET) is None
    client.put_secret_value(SecretId=SECRET, SecretString="text")
    assert secret_text(secrets_client(), SECRET) == "text"
    client.delete_secret(SecretId=SECRET)
    with pytest.raises(Refused, match="is about to be deleted"):
        secret_text(secrets_client(), SECRET)


class Events:
    """EventBridge, which shows a source after some looks."""

    class exceptions(SimpleNamespace):  # noqa: N801 - boto3's name
        class ResourceNotFoundException(Exception): ...

    def __init__(self, *states: str | None) -> None:
        self.states = list(states)

    def describe_event_source(self, *, Name: str) -> dict[str, str]:  # noqa: N803 - boto3's name
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        if state is None:
            raise self.exceptions.ResourceNotFoundException
        return {"State": state}


def wait(tenant: World, *states: str | None, deadline: float = 1_000) -> None:
    events: Any = Events(*states)
    wait_for_source(events, "aws.partner/x", clock=tenant.clock(), deadline=deadline)


def test_a_source_is_waited_for_until_it_shows(tenant: World) -> None:
    wait(tenant, None, None, "PENDING")
    assert tenant.waited == [1.0, 1.0]
    wait(tenant, "ACTIVE")
    with pytest.raises(Refused, match="is DELETED"):
        wait(tenant, "DELETED")


@pytest.mark.parametrize(("deadline", "looks"), [(1_000, 60), (3.5, 3)])
def test_a_source_that_does_not_show_is_waited_for_a_minute_or_until_the_deadline(
    tenant: World, deadline: float, looks: int
) -> None:
    with pytest.raises(Refused, match="does not show its event source"):
        wait(tenant, None, deadline=deadline)
    assert len(tenant.waited) == looks
