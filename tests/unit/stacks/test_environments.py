import pytest

from stacks.checks import InvalidSettings
from stacks.context import read_settings
from stacks.environments import PROFILES
from stacks.settings import Settings
from tests.unit.stacks.test_event_sources import ONE, TWO

PLACE = {"account": "123456789012", "region": "eu-west-1"}


@pytest.mark.parametrize("name", ["production", "prod", "production-eu"])
def test_production_keeps_everything_and_has_no_simulator(name: str) -> None:
    settings = read_settings({"environment": name, "event_source": ONE})
    assert settings == Settings(
        environment=name,
        event_source=(ONE,),
        simulator=False,
        archive_days=365,
        log_days=365,
        retain=True,
        termination_protection=True,
    )


@pytest.mark.parametrize("name", ["staging", "stage", "staging-2"])
def test_staging_is_protected_and_can_be_verified(name: str) -> None:
    assert read_settings({"environment": name}) == Settings(environment=name, termination_protection=True)


@pytest.mark.parametrize("name", ["dev", "pr-12", "demo", "alice", "test", "products"])
def test_every_other_name_is_an_environment_that_comes_and_goes(name: str) -> None:
    settings = read_settings({"environment": name, "environments": {"products": {}}})
    assert settings == Settings(environment=name)
    assert not settings.retain
    assert not settings.termination_protection


def test_a_profile_gives_defaults_of_settings_that_there_are() -> None:
    for name, profile in PROFILES.items():
        assert Settings(environment=name, event_source=(ONE,), **profile)


@pytest.mark.parametrize(
    ("name", "near"), [("prodution", "production"), ("Production", "production"), ("stagin", "staging")]
)
def test_a_misspelled_profile_is_no_unprotected_environment(name: str, near: str) -> None:
    with pytest.raises(InvalidSettings, match=f"environment is '{name}'; did you mean '{near}'"):
        read_settings({"environment": name})
    assert read_settings({"environment": name, "environments": {name: {}}}).environment == name


def test_production_without_an_event_source_is_one_line_that_says_what_to_give() -> None:
    with pytest.raises(InvalidSettings) as error:
        read_settings({"environment": "production"})
    assert str(error.value).startswith("environment production has no event_source and no simulator")
    assert "`-c event_source=aws.partner/auth0.com/<tenant>-<uuid>/auth0.logs`" in str(error.value)
    assert "\n" not in str(error.value)


def test_cdk_json_pins_each_environment() -> None:
    environments = {
        "production": {**PLACE, "event_source": [ONE, TWO], "log_days": 731},
        "staging": {"region": "eu-west-2"},
    }
    production = read_settings({"environment": "production", "environments": environments})
    assert (production.account, production.region, production.log_days) == ("123456789012", "eu-west-1", 731)
    assert [source.name for source in production.event_sources] == [ONE, TWO]
    assert read_settings({"environment": "staging", "environments": environments}).region == "eu-west-2"
    assert read_settings({"environments": environments}) == Settings()


def test_the_section_of_dev_is_used_where_no_environment_is_named() -> None:
    assert read_settings({"environments": {"dev": {"targets": "none"}}}).targets == frozenset()


def test_a_setting_of_its_own_goes_before_the_section_and_the_section_before_the_profile() -> None:
    environments = {"production": {"archive_days": 1000, "log_days": 731, "event_source": ONE}}
    settings = read_settings({"environment": "production", "environments": environments, "archive_days": "7"})
    assert (settings.archive_days, settings.log_days, settings.retain) == (7, 731, True)
    assert not read_settings({"environment": "production", "event_source": ONE, "retain": "false"}).retain


@pytest.mark.parametrize(
    ("environments", "message"),
    [
        ({"production": {"acount": "123456789012"}}, "production: unknown setting 'acount'; did you mean 'account'?"),
        ({"production": {"owner": "x"}}, "production: unknown setting 'owner'; expected one of event_source"),
        ({"production": {"@owner/x": "x"}}, "environments, production: unknown setting '@owner/x'; expected one of"),
        ({"production": {"environment": "x"}}, "environments, production: unknown setting 'environment'"),
        ({"production": {"archive_days": "long"}}, "production: archive_days is 'long'; expected a whole number"),
        ({"production": {"retain": "maybe"}}, "environments, production: retain is 'maybe'; expected true or false"),
        ({"dev": {"archive_days": 4000}}, "environments, dev: archive_days is 4000; expected 1 to 3650 days"),
        ({"production": {"archive_days": 4000}}, "environments, production: archive_days is 4000; expected 1 to 3650"),
        ({"production": {"vpc_id": "mine"}}, "environments, production: vpc_id is 'mine'; expected vpc-<hex>"),
        ({"production": {"auth0_filters": "f"}}, "environments, production: auth0_filters: unknown Auth0 log category"),
        ({"production": {"event_source": [ONE, ONE]}}, "environments, production: event_source has two sources"),
        ({"": {}}, "a name in environments is ''; expected up to 21 letters"),
        ({"a b\n": {}}, "a name in environments is 'a b\\n'; expected up to 21 letters"),
        ({"dev": {"account": "12"}}, "environments, dev: account is '12'; expected 12 digits"),
        ({"dev": {"region": "Ireland"}}, "environments, dev: region is 'Ireland'; expected a region such as eu-west-1"),
        ({"dev": {"event_source": "x"}}, "environments, dev: event_source is 'x'; expected aws.partner/auth0.com/"),
        ({"dev": "eu-west-1"}, "environments is {'dev': 'eu-west-1'}; expected in cdk.json"),
        ("production", "environments is 'production'; expected in cdk.json"),
    ],
)  # fmt: skip
def test_a_wrong_section_names_environment_and_setting_whichever_is_deployed(
    environments: object, message: str
) -> None:
    with pytest.raises(InvalidSettings) as error:
        read_settings({"environments": environments})
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_what_a_setting_of_another_section_needs_the_command_line_may_give() -> None:
    alone = {"vpc_id": "vpc-0abc", "auth0_filters": ["auth.login.fail"], "simulator": False}
    assert read_settings({"environments": {"production": alone}}) == Settings()


def test_a_wrong_value_of_the_command_line_is_not_laid_to_the_section() -> None:
    with pytest.raises(InvalidSettings, match=r"^archive_days is 0;"):
        read_settings({"archive_days": "0", "environments": {"dev": {"archive_days": 7}}})


def test_a_misspelled_environments_is_no_setting() -> None:
    with pytest.raises(InvalidSettings, match="unknown setting 'environmets'; did you mean 'environments'"):
        read_settings({"environmets": {}})
