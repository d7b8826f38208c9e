"""What does AWS ask for one of what?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("prices.toml")
QUOTED_BY = ("AWS", "third party", "public repositories", "yourself")


class BadPrices(ValueError):
    """One line: which price is missing or wrong, and how to put it right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """`usd` for `per` units. `quoted_by`: whose page the figure was read on; `source` is that page.

    From "public repositories" (constants in code, which agree), `source` is AWS's page, which shows it by script alone.
    """

    usd: float
    per: float
    unit: str
    quoted_by: str
    source: str
    read: date

    @property
    def of_one(self) -> float:
        return self.usd / self.per


@dataclass(frozen=True, kw_only=True, slots=True)
class Prices:
    region: str
    by_name: Mapping[str, Price]

    def __getitem__(self, name: str) -> Price:
        """Raises BadPrices for a price that the list has not."""
        if name not in self.by_name:
            raise BadPrices(
                f"no price `{name}`: add it to a file of your own (the form is ops/cost/prices.toml's), --prices"
            )
        return self.by_name[name]


def read_prices(own: Path | None = None) -> Prices:
    """The list of this checkout; `own` has another region, or entries that replace those of the list.

    Raises BadPrices.
    """
    given = parsed(LIST) | (parsed(own) if own else {})
    region = given.pop("region", None)
    if not isinstance(region, str):
        raise BadPrices(f"{own or LIST}: region is {region!r}; expected the region that the prices are of")
    return Prices(region=region, by_name={name: price(name, fields) for name, fields in given.items()})


def parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadPrices(f"{path}: {error.strerror}") from None
    except ValueError as error:  # no UTF-8, no TOML
        raise BadPrices(f"{path}: {error}") from None


def price(name: str, fields: Any) -> Price:
    expected = "usd, per, unit, quoted_by, source and read (a date)"
    try:
        found = Price(**fields)
    except TypeError:
        raise BadPrices(f"price `{name}`: expected {expected}") from None
    numbers, words = (found.usd, found.per), (found.unit, found.source)
    is_well = all(isinstance(each, int | float) and isfinite(each) for each in numbers) and found.usd >= 0 < found.per
    is_said = all(isinstance(each, str) for each in words) and isinstance(found.read, date)
    if not is_well or not is_said or found.quoted_by not in QUOTED_BY:
        raise BadPrices(f"price `{name}`: expected {expected}; quoted_by is one of {', '.join(QUOTED_BY)}")
    return found
