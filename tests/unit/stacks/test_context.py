from dataclasses import fields

import pytest

from stacks.checks import InvalidSettings
from stacks.context import READ_AS, read_settings, read_texts
from stacks.route import Target
from stacks.settings import Settings

SOURCE = "aws.partner/auth0.com/example-tenant-0b1c2d3e-4f56-7890-abcd-ef1234567890/auth0.logs"
ARN = f"arn:aws:events:eu-west-1::event-source/{SOURCE}"


def test_no_context_at_all_is_a_simulation_with_all_four_targets() -> None:
    settings = read_settings({})
    assert settings.simulator
    assert settings.event_sources == ()
    assert settings.targets == {Target.ALERT, Target.STREAM, Target.TASK, Target.INSTANCES}


def test_command_line_text_becomes_values() -> None:
    settings = read_settings(
        {"simulator": "false", "event_source": SOURCE, "archive_days": "7", "targets": "lambda, ecs", "log_days": "90"}
        | {"silent_hours": "6"}
    )
    assert not settings.simulator
    assert [source.name for source in settings.event_sources] == [SOURCE]
    assert settings.archive_days == 7
    assert settings.targets == {Target.ALERT, Target.TASK}
    assert settings.log_days == 90
    assert settings.silent_hours == 6


def test_targets_can_be_a_list_in_cdk_json_and_none_on_the_command_line() -> None:
    assert read_settings({"targets": ["kinesis"]}).targets == {Target.STREAM}
    assert read_settings({"targets": "none"}).targets == frozenset()


def test_an_address_has_up_to_254_characters() -> None:
    longest = "a" * 242 + "@example.com"
    assert read_settings({"alert_email": longest}).alert_email == longest


def test_contexts_keys_of_the_cdk_itself_are_no_settings() -> None:
    assert read_settings({"@aws-cdk/core:checkSecretUsage": True, "aws:cdk:enable-path-metadata": True})
    assert read_settings({"acknowledged-issue-numbers": [32775], "cli-telemetry": False})


@pytest.mark.parametrize(
    ("context", "message"),
    [
        ({"event_source": "auth0.logs"}, "event_source is 'auth0.logs'; expected aws.partner/auth0.com/"),
        ({"event_source": SOURCE.replace("auth0.logs", "auth0.events")}, "expected aws.partner/auth0.com/"),
        ({"event_source": f"{SOURCE}/more"}, "expected aws.partner/auth0.com/"),
        ({"event_source": f"{SOURCE}\n"}, "expected aws.partner/auth0.com/"),
        ({"targets": "lambda,sns"}, "targets is 'sns'; expected some of ec2, ecs, kinesis, lambda"),
        ({"archive_days": "0"}, "archive_days is 0; expected 1 to 3650 days"),
        ({"archive_days": "3651"}, "archive_days is 3651; expected 1 to 3650 days"),
        ({"archive_days": "-1"}, "archive_days is -1; expected 1 to 3650 days"),
        ({"archive_days": "99999999"}, "archive_days is 99999999; expected 1 to 3650 days"),
        ({"archive_days": "9" * 5000}, "expected a whole number"),
        ({"archive_days": "a week"}, "archive_days is 'a week'; expected a whole number"),
        ({"archive_days": True}, "archive_days is True; expected a whole number"),
        ({"silent_hours": "0"}, "silent_hours is 0; expected 1 to 168 hours"),
        ({"silent_hours": "169"}, "silent_hours is 169; expected 1 to 168 hours"),
        ({"silent_hours": "a day"}, "silent_hours is 'a day'; expected a whole number"),
        ({"silent_hours": "1.5"}, "silent_hours is '1.5'; expected a whole number"),
        ({"log_days": "31"}, "log_days is 31; expected one of CloudWatch Logs' periods: 1, 3, 5"),
        ({"simulator": "perhaps"}, "simulator is 'perhaps'; expected true or false"),
        (
            {"simulator": "false"},
            "environment dev has no event_source and no simulator, so nothing sends events: give ",
        ),
        ({"alert_email": "nobody"}, "alert_email is 'nobody'; expected one e-mail address"),
        ({"alert_email": "a" * 243 + "@example.com"}, "expected one e-mail address of up to 254 characters"),
        ({"environment": "my env"}, "environment is 'my env'; expected up to 21 letters"),
        ({"environment": 5}, "environment is 5; expected text"),
        ({"account": "12"}, "account is '12'; expected 12 digits"),
        ({"region": "Ireland"}, "region is 'Ireland'; expected a region such as eu-west-1"),
        ({"vpc_id": "vpc-0abc"}, "vpc_id needs account and region too"),
        ({"vpc_id": "mine"}, "vpc_id is 'mine'; expected vpc-<hex>"),
        ({"event_sorce": SOURCE}, "unknown setting 'event_sorce'; did you mean 'event_source'?"),
        ({"stage": "prod"}, "unknown setting 'stage'; expected one of environment, event_source"),
        ({"environment": "prod-"}, "environment is 'prod-'; expected up to 21 letters"),
        ({"event_source": SOURCE.replace("example-tenant", "t" * 256)}, "expected aws.partner/auth0.com/"),
        ({"targets": "none,lambda"}, "targets is 'none'; expected some of ec2, ecs, kinesis, lambda, or none alone"),
        ({"targets": ""}, "targets is ''; expected some of ec2, ecs, kinesis, lambda, or none alone"),
        (
            {"github_repository": "octo-org"},
            "github_repository is 'octo-org'; expected owner/name, or owner@id/name@id",
        ),
        ({"github_repository": "octo-org/*"}, "github_repository is 'octo-org/*'; expected owner/name"),
        ({"github_repository": "octo-org@1/octo-repo"}, "expected owner/name, or owner@id/name@id"),
        ({"github_repository": "octo-org@*/octo-repo@*"}, "expected owner/name, or owner@id/name@id"),
        ({"github_repository": "octo-org/octo-repo:environment:dev"}, "expected owner/name, or owner@id/name@id"),
        ({"github_ref": "main"}, "github_ref is 'main'; expected refs/heads/<branch>, or refs/pull/*/merge"),
        ({"github_ref": "refs/heads/*"}, "github_ref is 'refs/heads/*'; expected refs/heads/<branch>"),
        ({"github_oidc_provider_arn": "github"}, "github_oidc_provider_arn is 'github'; expected arn:aws:iam::"),
        ({"archive-days": "3"}, "unknown setting 'archive-days'; did you mean 'archive_days'?"),
        ({"ARCHIVE-DAYS": "3"}, "unknown setting 'ARCHIVE-DAYS'; did you mean 'archive_days'?"),
        ({"ENVIRONMENT": "production"}, "unknown setting 'ENVIRONMENT'; did you mean 'environment'?"),
        ({"ENVIRONMENTS": {}}, "unknown setting 'ENVIRONMENTS'; did you mean 'environments'?"),
        ({"STAGE": "prod"}, "unknown setting 'STAGE'; expected one of environment, event_source"),
        ({"github_repo": "octo-org/octo-repo"}, "unknown setting 'github_repo'; did you mean 'github_repository'?"),
    ],
)
def test_a_wrong_value_is_one_line_that_says_what_where_and_how(context: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidSettings) as error:
        read_settings(context)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


TEXTS = [field.name for field in fields(Settings) if field.name not in READ_AS or READ_AS[field.name] is read_texts]


@pytest.mark.parametrize("name", TEXTS)
def test_an_empty_text_is_told_what_is_expected_there(name: str) -> None:
    with pytest.raises(InvalidSettings, match=rf"^{name} is ''; expected (?!text)."):
        read_settings({name: ""})


def test_an_event_source_given_as_arn_must_be_in_the_stacks_region() -> None:
    settings = read_settings({"event_source": ARN, "region": "eu-west-1"}, default_region="us-east-1")
    assert [source.name for source in settings.event_sources] == [SOURCE]
    with pytest.raises(InvalidSettings, match="in eu-west-1 and the stacks go to us-east-1"):
        read_settings({"event_source": ARN, "region": "us-east-1"})


def test_an_event_source_given_as_arn_must_be_where_the_cli_deploys_when_no_region_is_pinned() -> None:
    assert read_settings({"event_source": ARN}, default_region="eu-west-1")
    with pytest.raises(InvalidSettings, match="deploy with `-c region=eu-west-1`"):
        read_settings({"event_source": ARN}, default_region="us-east-1")
