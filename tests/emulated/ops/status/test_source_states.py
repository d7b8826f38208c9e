"""Is each state of the partner event source told apart, each with its own next step?"""

from datetime import timedelta
from typing import Any

import pytest

from tests.emulated.ops.status.account import ELSEWHERE, NOW, REGION, SIMULATION, SOURCE, Account
from tests.emulated.ops.status.conftest import Status

OTHER = "aws.partner/auth0.com/other-tenant-5678/auth0.logs"


def finding(told: Any) -> Any:
    """The one about the source; it must be the only one."""
    (found,) = [each for each in told["needs_you"] if each["part"] == "source"]
    return found


def row(told: Any) -> Any:
    (found,) = [each for each in told["seen"] if each["part"] == "source"]
    return found


@pytest.fixture
def nothing_deployed(account: Account) -> Account:
    account.stacks, account.buses = {}, set()
    return account


def test_an_active_source_with_its_bus_is_well(account: Account, status: Status) -> None:
    told = status()
    assert (told["healthy"], told["needs_you"], row(told)["mark"], row(told)["state"]) == (True, [], "well", "ACTIVE")


def test_a_pending_source_before_the_deployment_is_deployed_with(nothing_deployed: Account, status: Status) -> None:
    nothing_deployed.sources = {REGION: {SOURCE: "PENDING"}}
    told = status(SOURCE)
    assert (told["healthy"], row(told)["state"]) == (False, "PENDING")
    expiry = NOW + timedelta(days=13, hours=1)
    assert finding(told)["what"] == (
        f"the source is PENDING: what Auth0 sends is dropped; expires {expiry:%Y-%m-%d %H:%M} UTC, in 13 d"
    )
    assert finding(told)["commands"] == [f"cdk deploy --all -c event_source={SOURCE}"]
    assert row(told)["expires"] == expiry.isoformat()


def test_without_a_name_the_pending_source_that_is_here_is_deployed_with(
    nothing_deployed: Account, status: Status
) -> None:
    nothing_deployed.sources = {REGION: {SOURCE: "PENDING"}}
    told = status()
    assert finding(told)["commands"] == [f"cdk deploy --all -c event_source={SOURCE}"]
    (stacks,) = [each for each in told["needs_you"] if each["part"] == "stacks"]
    assert stacks["commands"] == finding(told)["commands"]


def test_of_two_pending_sources_none_is_chosen_and_both_are_named(nothing_deployed: Account, status: Status) -> None:
    nothing_deployed.sources = {REGION: {SOURCE: "PENDING", OTHER: "PENDING"}}
    told = status()
    commands = [each["commands"] for each in told["needs_you"]]
    assert commands == [
        ["cdk deploy --all"],
        *([f"cdk deploy --all -c event_source={name}"] for name in (SOURCE, OTHER)),
    ]


def test_a_pending_source_whose_bus_is_there_is_activated(account: Account, status: Status) -> None:
    account.sources = {REGION: {SOURCE: "PENDING"}}
    told = status()
    assert "somebody has deactivated it" in finding(told)["what"]
    assert finding(told)["commands"] == [f"aws events activate-event-source --name {SOURCE}"]


def test_a_partner_bus_that_was_deleted_is_recreated_and_told_once(account: Account, status: Status) -> None:
    account.sources = {REGION: {SOURCE: "PENDING"}}
    account.buses, account.archives = {SIMULATION}, {"simulation-archive": "ENABLED"}
    del account.rules[SOURCE, "Everything"]
    told = status()
    (found,) = told["needs_you"]
    assert found["what"] == "the partner bus was deleted, and its rules with it: what Auth0 sends is dropped"
    assert found["commands"] == [f"cdk deploy --all --revert-drift -c event_source={SOURCE}"]


def test_where_the_bus_is_not_seen_it_does_not_say_that_it_was_deleted(account: Account, status: Status) -> None:
    account.sources = {REGION: {SOURCE: "PENDING"}}
    account.denied = {"DescribeEventBus"}
    told = status()
    assert "it was not seen which" in finding(told)["what"]


def test_a_source_that_auth0_has_deleted_needs_a_new_stream(account: Account, status: Status) -> None:
    account.sources = {REGION: {SOURCE: "DELETED"}}
    told = status()
    assert (told["healthy"], row(told)["state"]) == (False, "DELETED")
    assert "Auth0 Dashboard > Monitoring > Streams" in finding(told)["do"]


def test_a_source_in_another_region_is_deployed_there(nothing_deployed: Account, status: Status) -> None:
    nothing_deployed.sources = {ELSEWHERE: {SOURCE: "PENDING"}}
    told = status(SOURCE)
    assert row(told)["other_regions"] == [ELSEWHERE]
    assert finding(told)["what"] == f"the source is in {ELSEWHERE}, not in {REGION}: its bus must be in its region"
    assert finding(told)["commands"] == [
        f"AWS_REGION={ELSEWHERE} cdk bootstrap",
        f"AWS_REGION={ELSEWHERE} cdk deploy --all -c event_source={SOURCE}",
    ]
    assert f"new stream for {REGION}" in finding(told)["do"]


def test_an_arn_names_the_region_that_no_look_needs(nothing_deployed: Account, status: Status) -> None:
    nothing_deployed.sources = {}
    told = status(f"arn:aws:events:{ELSEWHERE}::event-source/{SOURCE}")
    assert row(told)["other_regions"] == [ELSEWHERE]


def test_an_arn_of_this_region_does_not_send_elsewhere(nothing_deployed: Account, status: Status) -> None:
    nothing_deployed.sources = {}
    told = status(f"arn:aws:events:{REGION}::event-source/{SOURCE}")
    assert (row(told)["other_regions"], row(told)["state"]) == ([], "ABSENT")


def test_a_source_that_is_nowhere_is_made_in_auth0_and_what_is_here_is_listed(
    nothing_deployed: Account, status: Status
) -> None:
    nothing_deployed.sources = {REGION: {OTHER: "PENDING"}}
    told = status(SOURCE)
    assert (told["healthy"], row(told)["state"]) == (False, "ABSENT")
    assert finding(told)["what"] == f"no source of this name is in {REGION} or another region (1 did not answer)"
    assert "Create Stream > Amazon EventBridge" in finding(told)["do"]
    assert OTHER in finding(told)["do"]
    assert list(row(told)["regions_not_seen"]) == ["ap-east-1"]


def test_a_deployed_source_that_is_nowhere_has_expired_or_was_deleted(account: Account, status: Status) -> None:
    account.sources = {}
    told = status()
    assert finding(told)["do"].startswith("It was deleted in Auth0, or expired while PENDING")


def test_a_bus_that_is_not_of_this_environment_is_in_the_way(nothing_deployed: Account, status: Status) -> None:
    nothing_deployed.buses = {SOURCE}
    told = status(SOURCE)
    assert "not of Auth0Events-dev" in finding(told)["what"]
    assert finding(told)["commands"] == [f"aws events list-rules --event-bus-name {SOURCE}"]


def test_another_source_than_the_deployed_one_is_a_change(account: Account, status: Status) -> None:
    account.sources[REGION][OTHER] = "PENDING"
    told = status(OTHER)
    assert "the stacks have a partner bus for another source" in finding(told)["what"]


def test_an_environment_without_a_partner_bus_needs_no_source(account: Account, status: Status) -> None:
    account.has_partner_bus, account.sources = False, {REGION: {SOURCE: "ACTIVE"}}
    told = status()
    assert (told["healthy"], row(told)["mark"], row(told)["state"]) == (True, "note", "ACTIVE")
    account.sources = {}
    told = status()
    assert (told["healthy"], row(told)["mark"]) == (True, "note")
    assert "status --event-source NAME" in row(told)["says"]


def test_a_state_that_nobody_knows_is_told_as_it_is(account: Account, status: Status) -> None:
    account.sources = {REGION: {SOURCE: "SLEEPING"}}
    told = status()
    assert "SLEEPING" in finding(told)["what"]


def test_regions_are_not_asked_while_the_source_is_here(account: Account, status: Status) -> None:
    status()
    assert account.asked.count("ListEventSources") == 2  # its two pages


@pytest.fixture
def two_tenants(account: Account) -> Account:
    account.outputs["EventBus"] |= {"PartnerBus9f8e7d6cName": OTHER}
    account.buses.add(OTHER)
    account.sources[REGION] = {SOURCE: "ACTIVE", OTHER: "ACTIVE"}
    return account


def test_each_of_several_tenants_has_its_source_and_its_bus(two_tenants: Account, status: Status) -> None:
    told = status()
    assert told["needs_you"] == []
    assert [row["name"] for row in told["seen"] if row["part"] == "source"] == [SOURCE, OTHER]
    assert [row["name"] for row in told["seen"] if row["part"] == "buses"][:2] == ["PartnerBus", "PartnerBus9f8e7d6c"]


def test_the_bus_of_a_further_tenant_is_recreated_with_all_sources(two_tenants: Account, status: Status) -> None:
    two_tenants.buses.remove(OTHER)
    two_tenants.sources[REGION][OTHER] = "PENDING"
    found = finding(status())
    assert (found["part"], found["name"]) == ("source", OTHER)
    assert found["commands"] == [f"cdk deploy --all --revert-drift -c event_source={SOURCE},{OTHER}"]


def test_without_the_first_tenant_its_place_is_kept(two_tenants: Account, status: Status) -> None:
    del two_tenants.outputs["EventBus"]["PartnerBusName"]
    two_tenants.buses.remove(OTHER)
    assert finding(status())["commands"] == [f"cdk deploy --all --revert-drift -c event_source=none,{OTHER}"]


def test_a_bus_that_was_there_already_stands_by_its_arn(account: Account, status: Status) -> None:
    arn = f"arn:aws:events:{REGION}:123456789012:event-bus/{SOURCE}"
    account.outputs["EventBus"] |= {"PartnerBusArn": arn}
    account.archives["partner-archive"] = "DISABLED"
    (found,) = status()["needs_you"]
    assert found["commands"] == [f"cdk deploy --all --revert-drift -c event_source={arn}"]
