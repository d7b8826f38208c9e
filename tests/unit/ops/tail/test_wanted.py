"""Does a filter let through what the operator means?"""

from typing import Any

import pytest

from lambda_src.auth0_events.envelope import PARTNER_SOURCE_PREFIX, SIMULATION_SOURCE_PREFIX
from lambda_src.auth0_events.log_types import CATEGORIES, UnknownCategory
from ops.tail.wanted import Wanted, wanted
from tests.unit.ops.tail.seen import seen

NOTHING: dict[str, Any] = {"types": (), "categories": (), "clients": (), "connections": (), "bus": None}
PARTNER = f"{PARTNER_SOURCE_PREFIX}tenant/auth0.logs"
SIMULATION = f"{SIMULATION_SOURCE_PREFIX}tenant/auth0.logs"


def only(**given: Any) -> Wanted:
    return wanted(**NOTHING | given)


def test_without_a_filter_everything_is_wanted() -> None:
    assert only().is_all
    assert seen(type="of_tomorrow") in only()


@pytest.mark.parametrize(
    ("given", "fits", "does_not"),
    [
        ({"types": ("fp", "fu")}, {"type": "fp"}, {"type": "f"}),
        ({"categories": ("auth.login.fail",)}, {"type": "fens"}, {"type": "s"}),
        ({"types": ("s",), "categories": ("auth.login.fail",)}, {"type": "s"}, {"type": "ss"}),
        ({"categories": ("new",)}, {"type": "of_tomorrow"}, {"type": "s"}),
        ({"types": ("of_tomorrow",)}, {"type": "of_tomorrow"}, {"type": "of_the_day_after"}),
        ({"types": ("new",)}, {"type": "new"}, {"type": "of_tomorrow"}),
        ({"types": ("s",), "categories": ("new",)}, {"type": "of_tomorrow"}, {"type": "f"}),
        ({"clients": ("Support Desk",)}, {"client_name": "support desk"}, {"client_name": "Support Desk 2"}),
        ({"clients": ("aB1",)}, {"client_name": "x", "client_id": "aB1"}, {"client_name": "x", "client_id": "aB2"}),
        ({"connections": ("github", "sms")}, {"connection": "SMS"}, {"connection": "email"}),
        ({"connections": ("sms",)}, {"connection": "sms"}, {"connection": None}),
        ({"connections": ("sms",)}, {"connection": "sms"}, {"connection": ["sms"]}),
        ({"types": ("s",), "connections": ("sms",)}, {"type": "s", "connection": "sms"}, {"type": "s"}),
    ],
)
def test_a_filter_lets_through_what_fits(given: Any, fits: Any, does_not: Any) -> None:
    assert seen(**fits) in only(**given)
    assert seen(**does_not) not in only(**given)


def test_every_category_that_auth0_has_may_be_asked_for() -> None:
    for category, codes in CATEGORIES.items():
        assert only(categories=(category, "new")) == Wanted(codes=frozenset(codes), new=True)


def test_a_category_without_codes_lets_nothing_through() -> None:
    assert seen(type="fp") not in only(categories=("management.fail",))


def test_an_unknown_category_names_the_nearest() -> None:
    with pytest.raises(UnknownCategory, match=r"'login\.fail'; nearest known: auth\.login\.fail"):
        only(categories=("login.fail",))


def test_a_source_lets_through_what_begins_with_it() -> None:
    assert seen(source=PARTNER) in Wanted(source=PARTNER)
    assert seen(source=SIMULATION) not in Wanted(source=PARTNER)
    assert seen(source="") not in Wanted(source=PARTNER)
