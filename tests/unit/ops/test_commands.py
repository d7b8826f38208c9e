"""Do the commands that are pasted go to the account and region that were looked at?"""

import shlex

import pytest

from ops.commands import Commands

PROD = Commands(environment="prod", profile="ops", region="eu-west-1")
LOCAL = Commands(port=4603)
AT = "http://127.0.0.1:4603"
KEY = "AWS_ACCESS_KEY_ID=LOCALAWSOFAUTH0EVENTS AWS_SECRET_ACCESS_KEY=local"


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
    assert LOCAL.aws("sts", "get-caller-identity").startswith(f"{KEY} aws sts ")
    assert LOCAL.cdk("diagnose", "Stack") == f"AWS_ENDPOINT_URL={AT} AWS_REGION=us-east-1 {KEY} cdk diagnose Stack"


def test_another_region_or_environment_of_the_local_aws_is_not_where_make_deploys() -> None:
    other = f"AWS_ENDPOINT_URL={AT} AWS_REGION=eu-west-1 {KEY} cdk"
    assert Commands(port=4603, region="eu-west-1").bootstrap() == f"{other} bootstrap"
    assert (
        Commands(port=4603, region="eu-west-1").deploy() == LOCAL.deploy(region="eu-west-1") == f"{other} deploy --all"
    )
    assert Commands(port=4603, environment="prod").deploy().endswith(f"{KEY} cdk deploy --all -c environment=prod")
    assert Commands(port=4603, region="us-east-1").deploy() == "make deploy-local PORT=4603"


def test_what_was_deleted_comes_back_by_a_drift_aware_deployment_and_on_the_local_aws_by_beginning_anew() -> None:
    assert PROD.recreate("source") == (
        "AWS_REGION=eu-west-1 cdk deploy --all --revert-drift -c environment=prod -c event_source=source --profile ops",
    )
    assert (
        Commands().way_back()
        == "`cdk deploy --all --revert-drift`, with the settings of the last deployment, recreates it"
    )
    anew = ("make down PORT=4603", "make up PORT=4603", "make deploy-local PORT=4603")
    assert LOCAL.recreate("source") == anew
    assert LOCAL.recreating == "The local AWS recreates nothing: begin anew"
    assert LOCAL.way_back() == f"the local AWS recreates nothing; `{' && '.join(anew)}` begins anew"


@pytest.mark.parametrize("value", ["$(touch x)", "a b", "'; rm -rf /", '"', "-c", "--all"])
def test_no_value_can_become_another_word(value: str) -> None:
    odd = Commands(environment=value, profile=value, region=value)
    assert shlex.split(odd.ops("redrive"))[-6:] == ["--env", value, "--profile", value, "--region", value]
    words = shlex.split(odd.deploy(value))
    assert words[0] == f"AWS_REGION={value}"
    assert {f"environment={value}", f"event_source={value}"} <= set(words)
