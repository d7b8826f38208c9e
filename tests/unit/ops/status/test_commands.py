"""Do the commands that are pasted go to the account and region that were looked at?"""

import shlex

import pytest

from ops.status.commands import Commands

PROD = Commands(environment="prod", profile="ops", region="eu-west-1")
LOCAL = Commands(port=4603)


def test_what_the_shell_has_already_is_not_repeated() -> None:
    assert Commands().ops("redrive") == "python -m ops redrive"
    assert Commands().aws("events", "list-rules") == "aws events list-rules"
    assert Commands().deploy("source") == "cdk deploy --all -c event_source=source"


def test_what_was_given_is_given_again() -> None:
    assert PROD.ops("redrive") == "python -m ops redrive --env prod --profile ops --region eu-west-1"
    assert PROD.aws("events", "list-rules") == "aws events list-rules --profile ops --region eu-west-1"
    assert PROD.deploy() == "AWS_REGION=eu-west-1 cdk deploy --all -c environment=prod --profile ops"
    assert PROD.deploy(region="us-east-1").startswith("AWS_REGION=us-east-1 ")


def test_the_local_aws_is_reached_at_its_port() -> None:
    assert LOCAL.deploy() == LOCAL.bootstrap() == "make deploy-local PORT=4603"
    assert LOCAL.ops("redrive") == "python -m ops redrive --local 4603"
    assert LOCAL.aws("sts", "get-caller-identity").endswith("--region us-east-1 --endpoint-url http://127.0.0.1:4603")
    assert LOCAL.recreate("source").startswith(
        "AWS_ENDPOINT_URL=http://127.0.0.1:4603 AWS_REGION=us-east-1 cdk deploy --all --revert-drift "
    )


@pytest.mark.parametrize("value", ["$(touch x)", "a b", "'; rm -rf /", '"', "-c", "--all"])
def test_no_value_can_become_another_word(value: str) -> None:
    odd = Commands(environment=value, profile=value, region=value)
    assert shlex.split(odd.ops("redrive"))[-6:] == ["--env", value, "--profile", value, "--region", value]
    words = shlex.split(odd.deploy(value))
    assert words[0] == f"AWS_REGION={value}"
    assert {f"environment={value}", f"event_source={value}"} <= set(words)
