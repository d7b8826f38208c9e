"""Which events come again, and to whom?"""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local_aws.control import ACCOUNT
from tests.local.local_aws.aws import Aws, eventually, unique

pytestmark = pytest.mark.local
HOUR = timedelta(hours=1)


def archive(aws: Aws, bus: str, **settings: Any) -> str:
    """Of the bus, which is made if it does not exist; its ARN."""
    if bus not in [each["Name"] for each in aws.events.list_event_buses()["EventBuses"]]:
        aws.events.create_event_bus(Name=bus)
    of = aws.events.describe_event_bus(Name=bus)["Arn"]
    made = aws.events.create_archive(ArchiveName=unique("archive"), EventSourceArn=of, **settings)
    return str(made["ArchiveArn"])


def start(aws: Aws, archive_arn: str, *rules: str, bus: str, **settings: Any) -> str:
    """A replay of the last hour, to the rules alone if there are some; its name."""
    name, now = unique("replay"), datetime.now(UTC)
    destination = {"Arn": aws.events.describe_event_bus(Name=bus)["Arn"]}
    if rules:
        arns = [aws.events.describe_rule(Name=rule, EventBusName=bus)["Arn"] for rule in rules]
        destination |= {"FilterArns": arns}
    window = {"EventStartTime": now - HOUR, "EventEndTime": now + HOUR}
    replay = {"ReplayName": name, "EventSourceArn": archive_arn, "Destination": destination}
    assert aws.events.start_replay(**replay | window | settings)["State"] == "STARTING"
    return name


def ended(aws: Aws, name: str) -> dict[str, Any]:
    """Waits for the end."""

    def described() -> dict[str, Any]:
        found: dict[str, Any] = aws.events.describe_replay(ReplayName=name)
        return found if "ReplayEndTime" in found else {}

    return eventually(described)


def put(aws: Aws, bus: str, count: int) -> None:
    entry = {"Source": "auth0.simulation", "DetailType": "Auth0 log", "Detail": "{}", "EventBusName": bus}
    for start in range(0, count, 10):
        aws.events.put_events(Entries=[entry] * min(10, count - start))


def test_only_the_rules_that_were_named_get_the_events_again(aws: Aws) -> None:
    bus, (url, arn), (other_url, other_arn) = unique("bus"), aws.queue(), aws.queue()
    of_bus = archive(aws, bus)
    rule = aws.rule(bus, {"Arn": arn})
    aws.rule(bus, {"Arn": other_arn})
    aws.put(bus, {"n": 1})
    original = [json.loads(aws.messages(each)[0]["Body"]) for each in (url, other_url)]
    name = start(aws, of_bus, rule, bus=bus)
    assert ended(aws, name)["State"] == "COMPLETED"
    again = json.loads(aws.messages(url)[0]["Body"])
    assert again == original[0] | {"replay-name": name}
    all_rules = start(aws, of_bus, bus=bus)
    ended(aws, all_rules)
    assert [json.loads(each["Body"])["replay-name"] for each in aws.messages(other_url)] == [all_rules]


def test_a_replay_tells_how_far_it_has_come_and_is_listed_with_its_archive(aws: Aws) -> None:
    bus = unique("bus")
    of_bus = archive(aws, bus)
    aws.put(bus)
    name, empty = start(aws, of_bus, bus=bus), start(aws, archive(aws, bus), bus=bus)
    described = ended(aws, name)
    assert described["EventStartTime"] <= described["EventLastReplayedTime"] <= described["EventEndTime"]
    assert described["ReplayStartTime"] <= described["ReplayEndTime"]
    assert "EventLastReplayedTime" not in ended(aws, empty)
    (listed,) = aws.events.list_replays(EventSourceArn=of_bus)["Replays"]
    assert listed.items() <= described.items()
    assert listed.keys() >= {"ReplayName", "State", "EventStartTime", "EventEndTime", "EventLastReplayedTime"}
    assert aws.events.list_replays(NamePrefix=name, State="RUNNING")["Replays"] == []


def test_events_outside_the_window_stay_in_the_archive(aws: Aws) -> None:
    bus, (url, arn) = unique("bus"), aws.queue()
    of_bus = archive(aws, bus)
    aws.rule(bus, {"Arn": arn}, pattern={"replay-name": [{"exists": True}]})
    aws.put(bus)
    now = datetime.now(UTC)
    before = start(aws, of_bus, bus=bus, EventEndTime=now - HOUR / 2)
    assert ended(aws, before)["State"] == "COMPLETED"
    during = start(aws, of_bus, bus=bus)
    ended(aws, during)
    assert [json.loads(each["Body"])["replay-name"] for each in aws.messages(url)] == [during]


def test_a_cancelled_replay_sends_no_more(aws: Aws) -> None:
    bus, (url, arn) = unique("bus"), aws.queue()
    of_bus = archive(aws, bus)
    aws.rule(bus, {"Arn": arn}, pattern={"replay-name": [{"exists": True}]})
    put(aws, bus, 1_000)
    name = start(aws, of_bus, bus=bus)
    eventually(lambda: aws.events.describe_replay(ReplayName=name)["State"] == "RUNNING")
    assert aws.events.cancel_replay(ReplayName=name)["State"] == "CANCELLING"
    assert ended(aws, name)["State"] == "CANCELLED"

    def arrived() -> int:
        names = ["ApproximateNumberOfMessages"]
        return int(aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"][names[0]])

    then = arrived()
    assert 0 < then < 1_000
    time.sleep(0.2)  # in which another two hundred would come
    assert arrived() == then
    with pytest.raises(ClientError, match="IllegalStatusException"):
        aws.events.cancel_replay(ReplayName=name)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        aws.events.cancel_replay(ReplayName=unique("none"))


def test_a_window_that_ends_before_it_starts_is_refused(aws: Aws) -> None:
    bus = unique("bus")
    of_bus = archive(aws, bus)
    with pytest.raises(ClientError, match="EventStartTime must be before EventEndTime"):
        start(aws, of_bus, bus=bus, EventEndTime=datetime(2020, 1, 1, tzinfo=UTC))


def test_a_partner_bus_has_an_archive_that_can_be_replayed(aws: Aws) -> None:
    auth0, source = Aws(aws.running, account="999999999999"), f"aws.partner/auth0.com/{unique('tenant')}/auth0.logs"
    auth0.events.create_partner_event_source(Name=source, Account=ACCOUNT)
    aws.events.create_event_bus(Name=source, EventSourceName=source)
    of_bus, (url, arn) = archive(aws, source), aws.queue()
    rule = aws.rule(source, {"Arn": arn})
    auth0.events.put_partner_events(Entries=[{"Source": source, "DetailType": "Auth0 log", "Detail": "{}"}])
    name = start(aws, of_bus, rule, bus=source)
    assert ended(aws, name)["State"] == "COMPLETED"
    bodies = [json.loads(each["Body"]) for each in aws.messages(url, 2)]
    assert [body.get("replay-name") for body in bodies] == [None, name]
    assert bodies[0]["id"] == bodies[1]["id"]


def test_an_archive_tells_how_much_is_in_it(aws: Aws) -> None:
    bus = unique("bus")
    name = archive(aws, bus, EventPattern='{"detail": {"n": [1]}}').rpartition("/")[2]
    empty = aws.events.describe_archive(ArchiveName=name)
    assert (empty["EventCount"], empty["SizeBytes"], empty["State"]) == (0, 0, "ENABLED")
    for n in (1, 2, 1):
        aws.put(bus, {"n": n, "more": "x" * 1_000})
    described = aws.events.describe_archive(ArchiveName=name)
    assert described["EventCount"] == 2
    assert 2_000 < described["SizeBytes"] < 3_000
    assert "Events" not in described
    listed = aws.events.list_archives(NamePrefix=name)["Archives"][0]
    assert (listed["EventCount"], listed["SizeBytes"]) == (2, described["SizeBytes"])
