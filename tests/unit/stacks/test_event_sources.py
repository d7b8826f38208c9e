import pytest

from stacks.checks import InvalidSettings
from stacks.context import read_settings
from stacks.event_sources import MOST_EVENT_SOURCES, NO_SOURCE, read_event_sources

ONE, TWO, THREE = (
    f"aws.partner/auth0.com/tenant-{uuid}/auth0.logs"
    for uuid in (
        "0b1c2d3e-4f56-7890-abcd-ef1234567890",
        "9f8e7d6c-5b4a-3210-fedc-ba9876543210",
        "1a2b3c4d-0000-4000-8000-000000000000",
    )
)
BUS = f"arn:aws:events:eu-west-1:123456789012:event-bus/{TWO}"


def ids(*given: str) -> dict[str, str]:
    """The construct of each source's bus."""
    return {source.name: source.bus_id for source in read_event_sources(given)}


def test_the_bus_of_a_single_source_keeps_the_id_that_it_always_had() -> None:
    assert ids(ONE) == {ONE: "PartnerBus"}


def test_a_further_source_changes_no_id_that_is_there() -> None:
    assert ids(ONE, TWO) == {ONE: "PartnerBus", TWO: "PartnerBus9f8e7d6c"}
    assert ids(ONE, TWO, THREE) == {**ids(ONE, TWO), THREE: "PartnerBus1a2b3c4d"}


def test_the_order_of_the_further_ones_and_a_removed_one_change_no_other_id() -> None:
    assert ids(ONE, THREE, TWO) == ids(ONE, TWO, THREE)
    assert ids(ONE, THREE) == {name: id_ for name, id_ in ids(ONE, TWO, THREE).items() if name != TWO}


def test_the_first_one_goes_and_no_other_is_renamed() -> None:
    without = {name: id_ for name, id_ in ids(ONE, TWO, THREE).items() if name != ONE}
    assert ids(NO_SOURCE, TWO, THREE) == ids(NO_SOURCE, THREE, TWO) == without


def test_none_alone_is_no_source() -> None:
    assert ids(NO_SOURCE) == {}
    assert read_settings({"event_source": "none"}).event_sources == ()


def test_a_source_without_a_uuid_has_an_id_of_its_own_too() -> None:
    (_, first), (_, second) = ids(
        "none", "aws.partner/auth0.com/a/auth0.logs", "aws.partner/auth0.com/b/auth0.logs"
    ).items()
    assert first != second
    assert first.removeprefix("PartnerBus").isalnum()


@pytest.mark.parametrize("given", [f"{ONE}, {TWO}", [ONE, TWO]])
def test_several_are_a_list_in_cdk_json_and_have_commas_on_the_command_line(given: object) -> None:
    assert [source.name for source in read_settings({"event_source": given}).event_sources] == [ONE, TWO]


def test_the_arn_of_a_bus_is_a_bus_that_is_there_already() -> None:
    own, existing = read_event_sources([ONE, BUS])
    assert own.bus_arn is None
    assert (existing.name, existing.bus_arn, existing.region, existing.account) == (
        TWO,
        BUS,
        "eu-west-1",
        "123456789012",
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([ONE, "auth0.logs"], "event_source is 'auth0.logs'; expected aws.partner/auth0.com/"),
        ([ONE, NO_SOURCE], "event_source is 'none'; expected aws.partner/auth0.com/"),
        ([ONE, ""], "event_source is ''; expected aws.partner"),
        (f"{ONE},", "event_source is ''; expected aws.partner"),
        ([ONE, 5], "event_source is 5; expected text"),
        ([], "event_source is []; expected text, or a list of texts"),
        ({"a": ONE}, "expected text, or a list of texts"),
        ([TWO, BUS], f"event_source has two sources with the name '{TWO}'; expected different ones"),
        ([ONE, ONE], "expected different ones"),
        ([ONE, TWO, TWO.replace("tenant", "other")], "two sources with the bus 'PartnerBus9f8e7d6c'"),
        (BUS.replace(":123456789012:", "::"), "expected aws.partner/auth0.com/"),
        (
            [f"aws.partner/auth0.com/{n}/auth0.logs" for n in range(MOST_EVENT_SOURCES + 1)],
            "expected up to 5: give the",
        ),
    ],
)
def test_a_wrong_list_is_one_line(given: object, message: str) -> None:
    with pytest.raises(InvalidSettings) as error:
        read_settings({"event_source": given})
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_every_source_of_several_must_be_where_the_stacks_go() -> None:
    elsewhere = f"arn:aws:events:us-east-1::event-source/{THREE}"
    with pytest.raises(InvalidSettings, match="is in us-east-1 and the stacks go to eu-west-1"):
        read_settings({"event_source": [ONE, elsewhere], "region": "eu-west-1"})


def test_a_bus_of_another_account_is_refused() -> None:
    assert read_settings({"event_source": BUS}, default_account="123456789012")
    for place in ({"account": "210987654321"}, {}):
        with pytest.raises(InvalidSettings, match="is a bus of account 123456789012 and the stacks go to 210987654321"):
            read_settings({"event_source": BUS, **place}, default_account="210987654321")
