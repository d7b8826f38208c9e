"""What does the function take from AWS, and what does it say when AWS refuses?"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from lambda_src.log_stream.aws import DENIED, events_client, secret_text, secrets_client, wait_for_source
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


def test_a_secret_that_cannot_be_read_says_why(aws: None, tenant: World) -> None:
    def read() -> str | None:
        return secret_text(secrets_client(), SECRET, clock=tenant.clock(), deadline=1_000)

    client = boto3.client("secretsmanager", region_name=REGION)
    with pytest.raises(Refused, match="secret auth0/example cannot be read: there is none of this name"):
        read()
    client.create_secret(Name=SECRET, SecretBinary=b"binary")
    assert read() is None
    client.put_secret_value(SecretId=SECRET, SecretString="text")
    assert read() == "text"
    client.delete_secret(SecretId=SECRET)
    with pytest.raises(Refused, match="is about to be deleted"):
        read()


class Secrets:
    """Secrets Manager, which knows the role's right after some tries."""

    def __init__(self, denials: int) -> None:
        self.denials = denials

    def get_secret_value(self, *, SecretId: str) -> dict[str, str]:  # noqa: N803 - boto3's name
        if self.denials:
            self.denials -= 1
            raise ClientError({"Error": {"Code": "AccessDeniedException"}}, "GetSecretValue")
        return {"SecretString": "text"}


def test_a_right_that_is_new_may_take_some_seconds(tenant: World) -> None:
    assert secret_text(Secrets(2), SECRET, clock=tenant.clock(), deadline=1_000) == "text"
    assert tenant.waited == [4.0, 4.0]


@pytest.mark.parametrize(("deadline", "pauses"), [(1_000, 5), (5.0, 1)])
def test_a_right_that_does_not_come_is_said_after_a_while(tenant: World, deadline: float, pauses: int) -> None:
    with pytest.raises(Refused, match="or its own key or policy keeps the function out"):
        secret_text(Secrets(1_000), SECRET, clock=tenant.clock(), deadline=deadline)
    assert len(tenant.waited) == pauses


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
        if state == DENIED:
            raise ClientError({"Error": {"Code": DENIED}}, "DescribeEventSource")
        return {"State": state}


def wait(tenant: World, *states: str | None, deadline: float = 1_000) -> None:
    events: Any = Events(*states)
    wait_for_source(events, "aws.partner/x", clock=tenant.clock(), deadline=deadline)


def test_the_right_to_see_a_source_may_be_new_too(tenant: World) -> None:
    wait(tenant, DENIED, DENIED, "PENDING")
    assert tenant.waited == [1.0, 1.0]


def test_a_source_is_waited_for_until_it_shows(tenant: World) -> None:
    wait(tenant, None, None, "PENDING")
    assert tenant.waited == [1.0, 1.0]
    wait(tenant, "ACTIVE")
    with pytest.raises(Refused, match="is DELETED"):
        wait(tenant, "DELETED")


@pytest.mark.parametrize(
    ("state", "said", "longest"), [(None, "does not show its event source", 60), (DENIED, "does not tell of", 20)]
)
@pytest.mark.parametrize("deadline", [1_000, 3.5])
def test_a_source_that_does_not_show_or_is_denied_is_waited_for_a_while_or_until_the_deadline(
    tenant: World, state: str | None, said: str, longest: int, deadline: float
) -> None:
    with pytest.raises(Refused, match=said):
        wait(tenant, state, deadline=deadline)
    assert len(tenant.waited) == min(longest, int(deadline))
