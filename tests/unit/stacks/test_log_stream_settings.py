import pytest

from stacks.checks import InvalidSettings
from stacks.context import read_settings

SECRET = {"auth0_secret": "auth0/example-tenant"}
SOURCE = "aws.partner/auth0.com/example-tenant-0b1c2d3e-4f56-7890-abcd-ef1234567890/auth0.logs"


def test_a_secret_is_all_that_a_log_stream_needs() -> None:
    settings = read_settings(SECRET)
    assert (settings.has_tenant, settings.event_sources) == (True, ())
    assert (settings.auth0_on_delete, settings.auth0_status, settings.auth0_filters) == ("keep", "active", ())
    assert settings.allow_stream_replacement is False
    assert read_settings({**SECRET, "simulator": "false"}).simulator is False


def test_everything_about_the_stream_is_read_from_the_command_line() -> None:
    settings = read_settings(
        {
            "auth0_secret": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:auth0/example-AbCdEf",
            "auth0_stream_name": "To AWS, of security",
            "auth0_filters": "auth.login.fail, management.fail",
            "auth0_status": "paused",
            "auth0_priority": "true",
            "auth0_start_from": "2026-11-01T12:00:00Z",
            "auth0_on_delete": "pause",
            "allow_stream_replacement": "true",
        }
    )
    assert settings.auth0_filters == ("auth.login.fail", "management.fail")
    assert (settings.auth0_priority, settings.allow_stream_replacement) == (True, True)


def test_a_secret_given_as_arn_must_be_where_the_stacks_go() -> None:
    secret = {"auth0_secret": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:auth0/example-AbCdEf"}
    assert read_settings({**secret, "region": "eu-west-1"}, default_region="us-east-1")
    assert read_settings(secret, default_region="eu-west-1")
    with pytest.raises(InvalidSettings, match="auth0_secret is in eu-west-1 and the stacks go to us-east-1"):
        read_settings({**secret, "region": "us-east-1"})
    with pytest.raises(InvalidSettings, match="or deploy with `-c region=eu-west-1`"):
        read_settings(secret, default_region="us-east-1")


@pytest.mark.parametrize(
    ("context", "message"),
    [
        ({"auth0_secret": "a secret"}, "auth0_secret is 'a secret'; expected the name or ARN of a Secrets Manager"),
        ({"auth0_secret": "auth0*"}, "expected the name or ARN"),
        ({"auth0_secret": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:*"}, "expected the name or ARN"),
        ({**SECRET, "event_source": SOURCE}, "auth0_secret and event_source are both set"),
        ({**SECRET, "auth0_stream_name": "a\nb"}, "auth0_stream_name is 'a\\nb'; expected 1 to 100 printable"),
        ({**SECRET, "auth0_filters": "auth.login.fial"}, "'auth.login.fial'; nearest known: auth.login.fail"),
        ({**SECRET, "auth0_filters": "f"}, "auth0_filters: unknown Auth0 log category 'f'"),
        ({**SECRET, "auth0_status": "suspended"}, "auth0_status is 'suspended'; expected active or paused"),
        ({**SECRET, "auth0_priority": "high"}, "auth0_priority is 'high'; expected true or false"),
        ({**SECRET, "auth0_start_from": "last week"}, "auth0_start_from is 'last week'; expected a date or time"),
        ({**SECRET, "auth0_start_from": "2026-13-01"}, "expected a date or time"),
        ({**SECRET, "auth0_on_delete": "remove"}, "auth0_on_delete is 'remove'; expected keep, pause, delete"),
        ({"auth0_filters": "auth.login.fail"}, "auth0_filters is set and auth0_secret is not"),
        ({"event_source": SOURCE, "auth0_on_delete": "delete"}, "auth0_on_delete is set and auth0_secret is not"),
        ({"auth0_secrets": "a"}, "unknown setting 'auth0_secrets'; did you mean 'auth0_secret'?"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_one_line_that_says_what_where_and_how(context: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidSettings) as error:
        read_settings(context)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
