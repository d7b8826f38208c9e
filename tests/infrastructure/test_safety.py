import base64
import json
from typing import Any

import pytest

from tests.infrastructure.assembly import Assembly


def test_every_queue_and_topic_refuses_plain_http(assembly: Assembly) -> None:
    policies = assembly.properties("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")
    protected = assembly.properties("AWS::SQS::Queue", "AWS::SNS::Topic")
    assert len(policies) == len(protected)
    for name, policy in policies.items():
        denied = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]
        assert denied[0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}, name


def test_everything_that_holds_events_is_encrypted_with_the_environments_key(assembly: Assembly) -> None:
    where = {
        "AWS::SQS::Queue": "KmsMasterKeyId",
        "AWS::SNS::Topic": "KmsMasterKeyId",
        "AWS::Logs::LogGroup": "KmsKeyId",
        "AWS::Kinesis::Stream": "StreamEncryption",
        "AWS::DynamoDB::Table": "SSESpecification",
    }
    holders = [(name, each) for name, each in assembly.resources(*where) if "/AlarmTopic" not in name]
    assert holders
    for name, resource in holders:
        assert "EncryptionKey" in json.dumps(resource["Properties"].get(where[resource["Type"]])), name


def test_every_log_group_has_a_retention(assembly: Assembly) -> None:
    for name, group in assembly.properties("AWS::Logs::LogGroup").items():
        assert group["RetentionInDays"] == (365 if "-production-" in name else 30), name


def test_the_sender_may_look_for_the_simulation_bus_and_put_events_on_it_and_on_no_other(partner: Assembly) -> None:
    (statement,) = [
        statement
        for name, policy in partner.properties("AWS::IAM::Policy").items()
        if "GitHubDeployRoles" not in name  # what deploys the app is no part of it: test_github_roles.py
        for statement in policy["PolicyDocument"]["Statement"]
        if "events:" in json.dumps(statement["Action"])
    ]
    assert statement["Action"] == ["events:DescribeEventBus", "events:PutEvents"]
    assert "SimulationBus" in json.dumps(statement["Resource"])
    assert "PartnerBus" not in json.dumps(statement["Resource"])


def test_no_role_of_the_app_may_read_any_log(partner: Assembly) -> None:
    policies = partner.properties("AWS::IAM::Policy").items()
    actions = json.dumps([policy for name, policy in policies if "GitHubDeployRoles" not in name]).split('"')
    logs = {action for action in actions if action.startswith("logs:")}
    assert logs == {"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"}


def test_no_rule_hands_any_part_of_an_event_to_a_command_or_a_template(assembly: Assembly) -> None:
    rules = assembly.properties("AWS::Events::Rule")
    for name, rule in rules.items():
        for target in rule["Targets"]:
            assert "InputTransformer" not in target, name
            assert target.get("Input", "{}") == "{}", name


def test_every_function_runs_its_own_asset_on_arm(simulation: Assembly) -> None:
    functions = simulation.properties("AWS::Lambda::Function")
    assert len({json.dumps(function["Code"]) for function in functions.values()}) == len(functions)
    for name, function in functions.items():
        assert function["Architectures"] == ["arm64"], name
        assert function["Runtime"] == "python3.14", name


def test_workers_can_be_reached_by_nobody(simulation: Assembly) -> None:
    (group,) = simulation.properties("AWS::EC2::SecurityGroup").values()
    assert "SecurityGroupIngress" not in group
    assert [(rule["FromPort"], rule["ToPort"]) for rule in group["SecurityGroupEgress"]] == [(443, 443)]
    assert not list(simulation.resources("AWS::EC2::SecurityGroupIngress", "AWS::EC2::NatGateway"))


def launch_template(assembly: Assembly) -> dict[str, Any]:
    (template,) = assembly.properties("AWS::EC2::LaunchTemplate").values()
    data: dict[str, Any] = template["LaunchTemplateData"]
    return data


def test_the_instance_has_imdsv2_an_encrypted_disk_and_no_key_pair(simulation: Assembly) -> None:
    data = launch_template(simulation)
    assert data["MetadataOptions"] == {"HttpTokens": "required", "HttpPutResponseHopLimit": 1}
    assert data["BlockDeviceMappings"][0]["Ebs"]["Encrypted"] is True
    assert "KeyName" not in data


def test_the_instances_user_data_fits(simulation: Assembly) -> None:
    """EC2 takes 16 KB of user data: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html."""
    parts = launch_template(simulation)["UserData"]["Fn::Base64"]["Fn::Join"][1]
    text = "".join(part if isinstance(part, str) else "x" * 120 for part in parts)
    assert len(base64.b64encode(text.encode())) < 16 * 1024 * 4 / 3
    assert len(text.encode()) < 16 * 1024


def test_every_alert_address_is_subscribed_where_it_is_set(simulation: Assembly, partner: Assembly) -> None:
    addresses = [subscription["Endpoint"] for subscription in partner.properties("AWS::SNS::Subscription").values()]
    assert addresses == ["security@example.com"] * 2
    with pytest.raises(AssertionError, match="no resource of type"):
        simulation.properties("AWS::SNS::Subscription")


def test_an_existing_vpc_is_used_and_none_is_made(assemblies: dict[str, Assembly]) -> None:
    pinned = assemblies["pinned, in an existing VPC"]
    assert not list(pinned.resources("AWS::EC2::VPC"))
    (group,) = pinned.properties("AWS::AutoScaling::AutoScalingGroup").values()
    assert group["VPCZoneIdentifier"] == ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    assert launch_template(pinned)["NetworkInterfaces"][0]["AssociatePublicIpAddress"] is False
