"""When do a partner's events arrive?"""

import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError, WaiterError

from local_aws.control import ACCOUNT
from tests.local.local_aws.aws import Aws, unique

pytestmark = pytest.mark.local


@pytest.fixture
def auth0(aws: Aws) -> Aws:
    return Aws(aws.running, account="999999999999")


@pytest.fixture
def source(auth0: Aws) -> str:
    name = f"aws.partner/auth0.com/{unique('tenant')}/auth0.logs"
    auth0.events.create_partner_event_source(Name=name, Account=ACCOUNT)
    return name


def send(auth0: Aws, source: str, log_id: str) -> dict[str, object]:
    entry = {"Source": source, "DetailType": "Auth0 log", "Detail": json.dumps({"log_id": log_id})}
    answer: dict[str, object] = auth0.events.put_partner_events(Entries=[entry])
    return answer


def test_events_are_dropped_until_the_bus_exists_and_again_when_it_is_deleted(
    aws: Aws, auth0: Aws, source: str
) -> None:
    def state() -> object:
        return aws.events.describe_event_source(Name=source)["State"]

    assert state() == "PENDING"
    assert send(auth0, source, "too early")["FailedEntryCount"] == 0
    aws.events.create_event_bus(Name=source, EventSourceName=source)
    assert state() == "ACTIVE"
    url, arn = aws.queue()
    rule = aws.rule(source, {"Arn": arn}, pattern={"source": [{"prefix": "aws.partner/auth0.com/"}]})
    send(auth0, source, "in time")
    bodies = [json.loads(message["Body"]) for message in aws.messages(url)]
    assert [(body["detail"]["log_id"], body["source"], body["account"]) for body in bodies] == [
        ("in time", source, ACCOUNT)
    ]
    aws.events.tag_resource(
        ResourceARN=aws.events.describe_rule(Name=rule, EventBusName=source)["Arn"], Tags=[{"Key": "a", "Value": "b"}]
    )
    aws.events.delete_event_bus(Name=source)
    assert state() == "PENDING"


def test_a_source_is_seen_by_its_customer_and_its_partner_until_it_is_deleted_and_by_nobody_else(
    aws: Aws, auth0: Aws, source: str
) -> None:
    assert aws.events.describe_event_source(Name=source)["Name"] == source
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        auth0.events.describe_event_source(Name=source)
    of_partner = auth0.events.list_partner_event_sources(NamePrefix="aws.partner/auth0.com/")["PartnerEventSources"]
    assert source in [each["Name"] for each in of_partner]
    assert auth0.events.describe_partner_event_source(Name=source)["Name"] == source
    auth0.events.delete_partner_event_source(Name=source, Account=ACCOUNT)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        aws.events.describe_event_source(Name=source)


def test_a_source_is_listed_with_its_state_and_when_it_expires(aws: Aws, auth0: Aws, source: str) -> None:
    def listed() -> dict[str, object]:
        (found,) = aws.events.list_event_sources(NamePrefix=source)["EventSources"]
        assert found.items() <= aws.events.describe_event_source(Name=source).items()
        return dict(found)

    pending = listed()
    assert (pending["State"], pending["CreatedBy"]) == ("PENDING", "aws.partner/auth0.com")
    assert pending["ExpirationTime"] - pending["CreationTime"] == timedelta(days=14)  # type: ignore[operator]
    aws.events.create_event_bus(Name=source, EventSourceName=source)
    assert listed() == {key: value for key, value in pending.items() if key != "ExpirationTime"} | {"State": "ACTIVE"}
    auth0.events.delete_partner_event_source(Name=source, Account=ACCOUNT)
    assert listed()["State"] == "DELETED"
    aws.events.delete_event_bus(Name=source)
    assert aws.events.list_event_sources(NamePrefix=source)["EventSources"] == []
    assert auth0.events.list_event_sources()["EventSources"] == []


def test_a_source_belongs_to_one_region(aws: Aws, source: str) -> None:
    elsewhere = Aws(aws.running, region="eu-west-1")
    assert elsewhere.events.list_event_sources()["EventSources"] == []
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        elsewhere.events.create_event_bus(Name=source, EventSourceName=source)


def test_an_entry_of_a_source_that_is_not_the_partners_fails_alone(auth0: Aws, source: str) -> None:
    entries = [{"Source": name, "DetailType": "Auth0 log", "Detail": "{}"} for name in (source, f"{source}-of-another")]
    answer = auth0.events.put_partner_events(Entries=entries)
    assert [entry.get("ErrorCode") for entry in answer["Entries"]] == [None, "NotAuthorizedForSourceException"]


def test_a_partner_bus_needs_a_source_of_its_name(aws: Aws, source: str) -> None:
    for name, of in ((f"{source}-unknown", f"{source}-unknown"), ("another", source), (source, None)):
        with pytest.raises(ClientError, match="ResourceNotFoundException"):
            aws.events.create_event_bus(Name=name, **({"EventSourceName": of} if of else {}))
    with pytest.raises(WaiterError):
        aws.deploy({"Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "a/b", "EventSourceName": "a/b"}}})
    bus = {"Type": "AWS::Events::EventBus", "Properties": {"Name": source, "EventSourceName": source}}
    aws.deploy({"Bus": bus})
    assert aws.events.describe_event_source(Name=source)["State"] == "ACTIVE"
