"""What does a log stream of the deployment's own take, and what may it do?"""

import json
from pathlib import Path
from typing import Any

import pytest

from stacks.settings import Settings
from tests.infrastructure.assembly import Assembly, synthesise
from tests.infrastructure.policies import text
from tests.infrastructure.signals import alarm_id

SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:auth0/example-AbCdEf"  # noqa: S105 - of no secret


@pytest.fixture
def own(assemblies: dict[str, Assembly]) -> Assembly:
    return assemblies["with a log stream of its own"]


def only(assembly: Assembly, kind: str) -> dict[str, Any]:
    (found,) = assembly.properties(kind).values()
    return found


def rights(assembly: Assembly) -> dict[str, str]:
    """Resource by action, of the function's role."""
    (policy,) = [p for name, p in assembly.properties("AWS::IAM::Policy").items() if "/LogStreamFunctionRole" in name]
    statements = policy["PolicyDocument"]["Statement"]
    return {
        action: text(statement["Resource"])
        for statement in statements
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }


def test_the_partner_bus_has_the_name_that_the_log_streams_answer_tells(own: Assembly) -> None:
    (stream,) = [name.split("/")[1] for name in own.properties("Custom::Auth0LogStream")]
    (bus,) = [r for _, r in own.resources("AWS::Events::EventBus") if "EventSourceName" in r["Properties"]]
    told = {"Fn::GetAtt": [stream, "EventSourceName"]}
    assert bus["Properties"]["Name"] == bus["Properties"]["EventSourceName"] == told
    assert (bus["DeletionPolicy"], bus["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")


def test_all_else_is_as_with_an_event_source_that_somebody_made(assemblies: dict[str, Assembly], own: Assembly) -> None:
    by_hand = assemblies["with an event source"]
    ours = {
        f"{resource['Type']} {name.split('/')[1][:-8]}"
        for name, resource in own.resources()
        if "/LogStream" not in name
    }
    assert ours == {
        f"{resource['Type']} {name.split('/')[1][:-8]}"
        for name, resource in by_hand.resources()
        if "-GitHubDeployRoles/" not in name
    }
    assert {alarm_id(name) for name in own.properties("AWS::CloudWatch::Alarm")} == {
        alarm_id(name) for name in by_hand.properties("AWS::CloudWatch::Alarm")
    }


def test_the_function_may_read_that_one_secret_ask_for_event_sources_and_write_its_log(own: Assembly) -> None:
    found = rights(own)
    assert set(found) == {
        "secretsmanager:GetSecretValue",
        "events:DescribeEventSource",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    }
    place = "${AWS::Region}:${AWS::AccountId}"
    assert found["secretsmanager:GetSecretValue"] == (
        f"arn:${{AWS::Partition}}:secretsmanager:{place}:secret:auth0/example-tenant-??????"
    )
    assert found["events:DescribeEventSource"].endswith("::event-source/aws.partner/auth0.com/*")


def test_a_secret_given_by_its_arn_is_the_only_one_that_may_be_read(tmp_path: Path) -> None:
    lean = Settings(auth0_secret=SECRET_ARN, simulator=False, targets=frozenset())
    assert rights(synthesise(lean, tmp_path))["secretsmanager:GetSecretValue"] == SECRET_ARN


def test_the_template_names_the_secret_and_never_resolves_it(own: Assembly) -> None:
    assert only(own, "Custom::Auth0LogStream")["SecretName"] == "auth0/example-tenant"
    assert "resolve:secretsmanager" not in json.dumps(own.templates)


def test_a_stream_has_a_name_of_its_deployment_alone_unless_one_is_chosen(own: Assembly) -> None:
    properties = only(own, "Custom::Auth0LogStream")
    assert text(properties["Name"]) == "auth0-events-dev-${AWS::AccountId}-${AWS::Region}"
    assert (properties["AccountId"], properties["Region"]) == ({"Ref": "AWS::AccountId"}, {"Ref": "AWS::Region"})
    assert properties["Filters"] == ["auth.login.fail"]
    assert (properties["OnDelete"], properties["AllowReplacement"]) == ("keep", False)


def test_cloudformation_waits_longer_than_the_function_lives_and_lambda_calls_it_once(own: Assembly) -> None:
    (function,) = [f for name, f in own.properties("AWS::Lambda::Function").items() if "/LogStream" in name]
    assert int(only(own, "Custom::Auth0LogStream")["ServiceTimeout"]) > function["Timeout"]
    (config,) = [c for n, c in own.properties("AWS::Lambda::EventInvokeConfig").items() if "/LogStream" in n]
    assert config["MaximumRetryAttempts"] == 0
    assert function["LoggingConfig"]["LogGroup"]["Ref"].startswith("LogStreamFunctionLogs")
