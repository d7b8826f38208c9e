"""What has an environment of several tenants, or one whose bus was there before it?"""

import json
from pathlib import Path
from typing import Any

import pytest

from stacks.event_sources import MOST_EVENT_SOURCES
from stacks.routes import ROUTES
from stacks.settings import Settings
from tests.infrastructure.assembly import EVENT_SOURCE, OTHER_EVENT_SOURCE, Assembly, synthesise

BUS = f"arn:aws:events:eu-west-1:123456789012:event-bus/{EVENT_SOURCE}"


def lean(directory: Path, **settings: Any) -> Assembly:
    """An environment that is its buses and the event log alone."""
    return synthesise(Settings(**{"simulator": False, "targets": frozenset(), **settings}), directory)


def buses(assembly: Assembly) -> dict[str, str]:
    """Logical id without its hash, by name."""
    return {bus["Name"]: name.split("/")[1][:-8] for name, bus in assembly.properties("AWS::Events::EventBus").items()}


def test_each_of_two_tenants_has_its_bus_its_archive_and_its_routes(production: Assembly) -> None:
    assert buses(production) == {EVENT_SOURCE: "PartnerBus", OTHER_EVENT_SOURCE: "PartnerBus9f8e7d6cBus"}
    assert len(production.properties("AWS::Events::Archive")) == 2
    rules = [name.split("/")[1][:-8] for name in production.properties("AWS::Events::Rule")]
    for route in ROUTES:
        assert {f"{route.name}OnPartnerBus", f"{route.name}OnPartnerBus9f8e7d6c"} <= set(rules)


def test_each_of_two_tenants_is_missed_when_it_is_silent(production: Assembly) -> None:
    silent = {
        name.split("/")[1][:-8]: alarm["Dimensions"][0]["Value"]
        for name, alarm in production.properties("AWS::CloudWatch::Alarm").items()
        if "SourceSilent" in name
    }
    assert silent == {"SourceSilent": EVENT_SOURCE, "PartnerBus9f8e7d6cSourceSilent": OTHER_EVENT_SOURCE}


def test_the_outputs_name_each_bus(production: Assembly) -> None:
    outputs = production.templates["Auth0Events-production-EventBus"]["Outputs"]
    assert {"PartnerBusName", "PartnerBus9f8e7d6cName"} <= set(outputs)
    assert not {"PartnerBusArn", "PartnerBus9f8e7d6cArn"} & set(outputs)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """Of a bus that was there."""
    return lean(tmp_path_factory.mktemp("used"), event_source=(BUS,))


def test_a_bus_that_was_there_is_used_and_never_made_nor_deleted(used: Assembly) -> None:
    assert not list(used.resources("AWS::Events::EventBus"))
    (archive,) = used.properties("AWS::Events::Archive").values()
    assert archive["SourceArn"] == BUS
    (rule,) = used.properties("AWS::Events::Rule").values()
    assert rule["EventBusName"] == EVENT_SOURCE
    alarms = used.properties("AWS::CloudWatch::Alarm")
    (silent,) = [alarm for name, alarm in alarms.items() if "SourceSilent" in name]
    assert silent["Dimensions"] == [{"Name": "EventSourceName", "Value": EVENT_SOURCE}]
    outputs = used.templates["Auth0Events-dev-EventBus"]["Outputs"]
    assert outputs["PartnerBusArn"]["Value"] == BUS
    assert outputs["PartnerBusName"]["Value"] == EVENT_SOURCE


def test_a_bus_of_the_stacks_that_is_given_up_keeps_its_archive_and_rules(tmp_path: Path, used: Assembly) -> None:
    """The bus is retained, so an environment can let go of it without loss."""
    own = lean(tmp_path, event_source=(EVENT_SOURCE,))
    (bus,) = own.resources("AWS::Events::EventBus")
    assert bus[1]["DeletionPolicy"] == "RetainExceptOnCreate"
    gone = {name for name, _ in own.resources()} - {name for name, _ in used.resources()}
    assert gone == {bus[0]}


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """As many tenants as there may be, with all targets, the simulator, and the longest names."""
    prefix = "aws.partner/auth0.com/"
    sources = tuple(
        f"{prefix}{'t' * (255 - len(prefix) - 48)}-{n:08x}-0000-4000-8000-000000000000/auth0.logs"
        for n in range(MOST_EVENT_SOURCES)
    )
    directory = tmp_path_factory.mktemp("crowded")
    return synthesise(Settings(environment="e" * 21, event_source=sources), directory)


def longest(value: Any) -> Any:
    """The value with every reference in it as long as it gets: an ARN, of a rule with its bus's name."""
    if isinstance(value, list):
        return [longest(each) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) & {"Ref", "Fn::GetAtt", "Fn::ImportValue", "Fn::GetStackOutput"}:
        if str(value.get("Ref", "")).startswith("AWS::"):
            return "x" * 20
        return "x" * (330 if "OnPartnerBus" in str(value) else 140)
    if "Fn::Join" in value:
        separator, parts = value["Fn::Join"]
        return separator.join(map(str, longest(parts)))
    return {key: longest(each) for key, each in value.items()}


def size(policy: Any) -> int:
    return len(json.dumps(longest(policy), separators=(",", ":")))


def test_what_every_rule_writes_its_permission_into_has_room_for_all_tenants(crowded: Assembly) -> None:
    """A log resource policy takes 5,120 characters, a queue's 8,192 and 20 statements of ours.

    https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
    """
    for name, policy in crowded.properties("AWS::SQS::QueuePolicy").items():
        assert size(policy["PolicyDocument"]) <= 8_192, name
        assert len(policy["PolicyDocument"]["Statement"]) <= 20, name
    for name, policy in crowded.properties("AWS::Logs::ResourcePolicy").items():
        document = longest(policy["PolicyDocument"])
        text = document if isinstance(document, str) else json.dumps(document)
        assert len(text) <= 5_120, name


def test_the_composite_alarm_has_room_for_all_tenants(crowded: Assembly) -> None:
    """100 children, 10,240 characters: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html."""
    alarms = crowded.properties("AWS::CloudWatch::Alarm")
    longest_name = "Auth0Events-" + "e" * 21 + "-Monitoring-{}-" + "X" * 14
    calling = [longest_name.format(name.split("/")[1]) for name, alarm in alarms.items() if alarm.get("AlarmActions")]
    assert len(calling) <= 100
    assert len(" OR ".join(f'ALARM("{name}")' for name in calling)) <= 10_240
