"""Is each attack reported once, and none forgotten?"""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from aws_lambda_powertools.utilities.idempotency.exceptions import IdempotencyPersistenceLayerError
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from lambda_src.alert import handler as handler_module
from lambda_src.alert.handler import handler, publisher
from lambda_src.alert.publisher import REMEMBERED_FOR
from lambda_src.auth0_events.envelope import Auth0Log, InvalidEnvelope, envelope
from tests.emulated import made
from tests.hostile.injection import FIELDS, PAYLOADS, detail_of, payload, with_field
from tests.properties.lambda_src.alert.test_injection import assert_readable
from tests.unit.lambda_src.sender.fakes import FakeContext

REGION = "eu-west-1"


def event_of(log_id: str, log_type: str = "limit_wc") -> dict[str, Any]:
    data = {"type": log_type, "log_id": log_id, "ip": "203.0.113.7", "user_name": "somebody@example.com"}
    return envelope(
        Auth0Log(log_id=log_id, type=log_type, data=data),
        source="simulation/auth0.com/test/auth0.logs",
        account="123456789012",
        region=REGION,
        event_id="1",
        time="2026-11-23T12:00:12Z",
    )


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in (
        ("AWS_DEFAULT_REGION", REGION),
        ("AWS_ACCESS_KEY_ID", "testing"),
        ("AWS_SECRET_ACCESS_KEY", "testing"),
        ("IDEMPOTENCY_TABLE_NAME", "alerted"),
    ):
        monkeypatch.setenv(name, value)
    with mock_aws():
        made.table("alerted")
        monkeypatch.setenv("TOPIC_ARN", boto3.client("sns").create_topic(Name="alerts")["TopicArn"])
        publisher.cache_clear()
        yield
    publisher.cache_clear()


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    stream = io.StringIO()
    monkeypatch.setattr(handler_module.logger.registered_handler, "stream", stream)
    return stream


def published() -> list[Any]:
    topics = sns_backends[DEFAULT_ACCOUNT_ID][REGION].topics
    return [notification for topic in topics.values() for notification in topic.sent_notifications]


def lines(log: io.StringIO) -> list[tuple[str, str, str | None]]:
    read = [json.loads(line) for line in log.getvalue().splitlines()]
    return [(line["message"], line["log_id"], line.get("log_type")) for line in read]


def test_an_event_is_published_with_its_type_as_attribute(log: io.StringIO) -> None:
    assert handler(event_of("1"), FakeContext()) == {"log_id": "1", "log_type": "limit_wc"}
    ((_, message, subject, attributes, _),) = published()
    assert subject == "Auth0 limit_wc: Blocked Account"
    assert "203.0.113.7" in message
    assert attributes["log_type"]["Value"] == "limit_wc"
    assert lines(log) == [("alert published", "1", "limit_wc")]


def test_the_same_log_is_published_once(log: io.StringIO) -> None:
    answers = [handler(event_of("1"), FakeContext()) for _ in range(3)]
    assert answers == [{"log_id": "1", "log_type": "limit_wc"}] * 3
    assert len(published()) == 1
    assert lines(log) == [("alert published", "1", "limit_wc")] + [("alert already published", "1", None)] * 2


def test_different_logs_are_different_alerts() -> None:
    handler(event_of("1"), FakeContext())
    handler(event_of("2"), FakeContext())
    assert len(published()) == 2


def test_log_ids_that_are_only_shown_alike_are_different_alerts() -> None:
    for end in "ab":
        handler(event_of("x" * 1_000 + end), FakeContext())
    assert len(published()) == 2


def test_no_personal_data_is_logged_or_remembered(log: io.StringIO) -> None:
    handler(event_of("1"), FakeContext())
    assert "somebody" not in log.getvalue()
    assert "203.0.113.7" not in log.getvalue()
    (item,) = boto3.client("dynamodb").scan(TableName="alerted")["Items"]
    assert json.loads(item["data"]["S"]) == {"log_id": "1", "log_type": "limit_wc"}


def test_a_log_is_remembered_as_long_as_it_can_come_again() -> None:
    handler(event_of("1"), FakeContext())
    (item,) = boto3.client("dynamodb").scan(TableName="alerted")["Items"]
    remembered = int(item["expiration"]["N"]) - datetime.now(UTC).timestamp()
    assert remembered == pytest.approx(REMEMBERED_FOR.total_seconds(), abs=600)


def test_a_publication_that_failed_is_made_at_the_next_delivery(monkeypatch: pytest.MonkeyPatch) -> None:
    topic_arn = boto3.client("sns").list_topics()["Topics"][0]["TopicArn"]
    monkeypatch.setenv("TOPIC_ARN", topic_arn + "-gone")
    with pytest.raises(ClientError):
        handler(event_of("1"), FakeContext())
    monkeypatch.setenv("TOPIC_ARN", topic_arn)
    publisher.cache_clear()
    handler(event_of("1"), FakeContext())
    assert len(published()) == 1


def test_nothing_is_published_that_cannot_be_remembered() -> None:
    boto3.client("dynamodb").delete_table(TableName="alerted")
    with pytest.raises(IdempotencyPersistenceLayerError):
        handler(event_of("1"), FakeContext())
    assert published() == []


@pytest.mark.parametrize("event", [{}, {"detail": {}}, {"detail": {"log_id": "1", "data": {}}}, {"detail": "text"}])
def test_an_event_without_a_log_is_an_error_that_lambda_repeats(event: dict[str, Any]) -> None:
    with pytest.raises(InvalidEnvelope):
        handler(event, FakeContext())
    assert published() == []


def test_an_unknown_type_is_published_too() -> None:
    handler(event_of("1", "brand_new"), FakeContext())
    ((_, _, subject, attributes, _),) = published()
    assert subject == "Auth0 brand_new: unknown log type"
    assert attributes["log_type"]["Value"] == "brand_new"


def test_sns_gets_one_plain_message_of_an_event_with_payloads_in_every_field(canary: Path, log: io.StringIO) -> None:
    for number, name in enumerate(PAYLOADS):
        event = {"detail": detail_of(str(number), "limit_wc")}
        for path in FIELDS:
            event["detail"] = with_field(event["detail"], path, payload(name, canary))
        answer = handler(event, FakeContext())
        (_, message, subject, attributes, _) = published()[-1]
        assert_readable(subject, message)
        assert attributes == {"log_type": {"Type": "String", "Value": answer["log_type"]}}
    assert len(published()) == len(PAYLOADS)
    assert {message for message, _, _ in lines(log)} == {"alert published"}
    assert len(lines(log)) == len(PAYLOADS)
    assert all(line.isprintable() for line in log.getvalue().split("\n"))
