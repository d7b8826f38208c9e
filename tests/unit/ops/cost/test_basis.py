"""Does each figure that is no template's say where it comes from?"""

from datetime import date
from pathlib import Path

import pytest

from lambda_src.activity import counted_logs
from lambda_src.alert import publisher
from ops.cost.assumptions import Assumptions
from ops.cost.prices import BadPrices, read_prices
from ops.send.scenarios import quiet_day
from worker_src import worker

PRICES = read_prices()
OWN = """region = "eu-west-1"
[key]
usd = 2
per = 1
unit = "KMS key, a month"
quoted_by = "yourself"
source = "our contract"
read = 2026-11-25
"""


@pytest.mark.parametrize("name", PRICES.by_name)
def test_every_price_has_a_unit_a_source_and_the_day_on_which_it_was_read(name: str) -> None:
    price = PRICES[name]
    assert price.unit
    assert price.source.startswith("https://")
    assert date(2026, 11, 1) <= price.read <= date(2100, 1, 1)
    assert price.quoted_by != "yourself"
    assert price.quoted_by != "AWS" or price.source.startswith("https://aws.amazon.com/")


def test_a_file_of_ones_own_replaces_what_it_has(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(OWN)
    found = read_prices(own)
    assert (found.region, found["key"].usd, found["secret"].usd) == ("eu-west-1", 2, 0.40)


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("usd = 2", "usd = '2'", "price `key`: expected usd, per"),
        ("usd = 2", "usd = -2", "price `key`: expected usd, per"),
        ("usd = 2", "usd = inf", "price `key`: expected usd, per"),
        ("per = 1", "per = inf", "price `key`: expected usd, per"),
        ('"KMS key, a month"', "1", "price `key`: expected usd, per"),
        ("per = 1", "per = 0", "price `key`: expected usd, per"),
        ("per = 1", "", "price `key`: expected usd, per"),
        ("read = 2026-11-25", "read = 'today'", "price `key`: expected usd, per"),
        ('"yourself"', '"hearsay"', "quoted_by is one of AWS, third party"),
        ('region = "eu-west-1"', "region = 1", "region is 1; expected the region"),
        ("[key]", "[key", "mine.toml: "),
    ],
)
def test_a_price_that_is_none_is_one_line(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(OWN.replace(was, becomes))
    with pytest.raises(BadPrices, match=said.replace("(", r"\(")):
        read_prices(own)


def test_every_assumption_has_a_reason() -> None:
    reasons = Assumptions().reasons
    assert len(reasons) > 10
    assert all(reason and value > 0 for _, value, reason in reasons)


def test_what_is_remembered_is_kept_as_long_as_the_programs_say() -> None:
    given = Assumptions()
    assert given.item_days == counted_logs.REMEMBERED_FOR.days == worker.REMEMBERED_SECONDS / 86_400
    assert given.alert_item_days == publisher.REMEMBERED_FOR.days


def test_the_peak_is_the_scenarios() -> None:
    curve = quiet_day._CURVE
    assert Assumptions().peak == round(max(curve) / (sum(curve) / len(curve)), 1)
