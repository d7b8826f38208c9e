"""Does an alarm tell of the failure of each asynchronous hop?"""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.infrastructure.assembly import Assembly
from tests.infrastructure.hops import KNOWN_TYPES, hops
from tests.infrastructure.signals import Signal, signal, watched

# Services by which an event can go on its way by itself; of their types, those that move nothing.
MOVERS = re.compile(r"AWS::(Events|Lambda|SQS|SNS|Kinesis|KinesisFirehose|Pipes|Scheduler|StepFunctions|ECS|EC2|IoT)::")
AT_REST = {
    "AWS::EC2::FlowLog",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::Route",
    "AWS::EC2::RouteTable",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::Subnet",
    "AWS::EC2::SubnetRouteTableAssociation",
    "AWS::EC2::VPC",
    "AWS::EC2::VPCGatewayAttachment",
    "AWS::ECS::Cluster",
    "AWS::Events::Archive",  # EventBridge fills it itself, and publishes nothing about that
    "AWS::Lambda::Permission",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
}


def unseen(assembly: Assembly, *, without: str | None = None) -> dict[str, set[Signal]]:
    """The hops of which a signal is watched by no alarm; as if the alarm `without` did not exist."""
    seen = {each for alarm, each in watched(assembly).items() if alarm != without}
    return {hop: needed - seen for hop, needed in hops(assembly).items() if needed - seen}


def with_resource(assembly: Assembly, type_: str, properties: Mapping[str, Any], stack: str = "Targets") -> Assembly:
    name = next(name for name in assembly.templates if name.endswith(stack))
    resource = {"Type": type_, "Properties": properties}
    changed = {**assembly.templates[name], "Resources": {**assembly.templates[name]["Resources"], "Added": resource}}
    return Assembly(assembly.directory, {**assembly.templates, name: changed}, [])


def first(assembly: Assembly, type_: str) -> dict[str, Any]:
    return next(iter(assembly.properties(type_).values()))


def test_the_failure_of_every_hop_is_watched(assembly: Assembly) -> None:
    assert hops(assembly)
    assert unseen(assembly) == {}


def test_the_hops_of_the_whole_app_are_all_there(partner: Assembly) -> None:
    """So that a hop which the search no longer finds is missed."""
    found = hops(partner)
    assert sum(" → Target" in hop for hop in found) == 2 * 6 + 2
    assert sum(hop.startswith("Auth0 → ") for hop in found) == 1
    assert sum("its rules" in hop for hop in found) == 2
    assert sum("its worker" in hop for hop in found) == 2
    assert sum(hop.startswith("Lambda → ") for hop in found) == 3
    assert sum("EventInvokeConfig" in hop for hop in found) == 2
    assert sum("its subscribers" in hop for hop in found) == 1
    assert sum("a task on" in hop for hop in found) == 1
    assert sum("polls" in hop for hop in found) == 1
    assert sum("ActivityRouteStream" in hop and "ActivityFunction" in hop for hop in found) == 1


def test_every_alarm_is_needed_by_a_hop_and_would_be_missed(partner: Assembly) -> None:
    assert [alarm for alarm in watched(partner) if not unseen(partner, without=alarm)] == []


@pytest.mark.parametrize("dimension", ["EventBusName", "RuleName"])
def test_an_alarm_of_a_rule_with_one_dimension_only_sees_nothing(partner: Assembly, dimension: str) -> None:
    """EventBridge publishes under both: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html."""
    alarms = partner.properties("AWS::CloudWatch::Alarm")
    alarm = next(alarm for name, alarm in alarms.items() if "/EverythingOnPartnerBusFailing" in name)
    both = alarm["Dimensions"]
    alarm["Dimensions"] = [each for each in both if each["Name"] == dimension]
    assert any("EverythingOnPartnerBus" in hop for hop in unseen(partner))
    alarm["Dimensions"] = both
    assert unseen(partner) == {}


def test_a_rule_without_alarms_is_found(simulation: Assembly) -> None:
    rule = {**first(simulation, "AWS::Events::Rule"), "Name": "Another"}
    assert any("Added" in hop for hop in unseen(with_resource(simulation, "AWS::Events::Rule", rule)))


def test_a_function_a_mapping_and_an_asynchronous_call_without_alarms_are_found(simulation: Assembly) -> None:
    function = first(simulation, "AWS::Lambda::Function")
    assert "Lambda → Added" in unseen(with_resource(simulation, "AWS::Lambda::Function", function))
    mapping = {**first(simulation, "AWS::Lambda::EventSourceMapping"), "FunctionName": "Another"}
    assert any(
        "Another" in hop for hop in unseen(with_resource(simulation, "AWS::Lambda::EventSourceMapping", mapping))
    )
    config = {"DestinationConfig": {"OnFailure": {"Destination": "NoQueue"}}}
    assert "Added" in unseen(with_resource(simulation, "AWS::Lambda::EventInvokeConfig", config))


def test_a_topic_a_bus_and_an_inbox_without_alarms_are_found(simulation: Assembly) -> None:
    assert "Added → its subscribers" in unseen(with_resource(simulation, "AWS::SNS::Topic", {}))
    assert "Added → its rules" in unseen(with_resource(simulation, "AWS::Events::EventBus", {"Name": "another"}))
    inbox = {"RedrivePolicy": {"deadLetterTargetArn": "NoQueue"}}
    assert unseen(with_resource(simulation, "AWS::SQS::Queue", inbox)) == {
        "Added → its worker": {
            signal("ApproximateAgeOfOldestMessage", "Added"),
            signal("ApproximateAgeOfOldestMessage", "NoQueue"),
            signal("ApproximateNumberOfMessagesVisible", "NoQueue"),
        }
    }


def movers(assembly: Assembly) -> set[str]:
    return {resource["Type"] for _, resource in assembly.resources() if MOVERS.match(resource["Type"])}


def test_no_type_of_resource_moves_events_that_the_search_does_not_know(assembly: Assembly) -> None:
    assert movers(assembly) <= KNOWN_TYPES | AT_REST


def test_a_pipe_would_be_a_hop_that_the_search_does_not_know(simulation: Assembly) -> None:
    assert movers(with_resource(simulation, "AWS::Pipes::Pipe", {})) - KNOWN_TYPES - AT_REST == {"AWS::Pipes::Pipe"}


def test_every_queue_is_watched(assembly: Assembly) -> None:
    seen = {name for each in watched(assembly).values() for name in each.of}
    assert {name.split("/")[1] for name in assembly.properties("AWS::SQS::Queue")} <= seen
