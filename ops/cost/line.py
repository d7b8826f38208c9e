"""What is one line of a bill?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ops.cost.owners import OWNERS
from ops.cost.prices import Price, Prices

HOURS = 730  # of a month, as AWS's own calculator has it
DAYS = HOURS / 24
GB = 1024**3


class Use(NamedTuple):
    """So much, a month, of what has the price of that name. `what`: in the words of whoever reads the bill."""

    owner: str
    what: str
    quantity: float
    price: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    owner: str
    what: str
    quantity: float
    price: Price

    @property
    def usd(self) -> float:
        """A month."""
        return self.quantity * self.price.of_one

    def as_json(self) -> dict[str, Any]:
        return {
            "owner": self.owner,
            "what": self.what,
            "quantity": self.quantity,
            "unit": self.price.unit,
            "unit_usd": self.price.of_one,
            "usd": self.usd,
        }


def lines_of(uses: Iterable[Use], prices: Prices) -> list[Line]:
    """One line for what has the same owner, words and price, by owner; none for nothing. Raises BadPrices."""
    quantities: dict[tuple[str, str, str], float] = {}
    for use in uses:
        key = (use.owner, use.what, use.price)
        quantities[key] = quantities.get(key, 0) + use.quantity
    return sorted(priced(quantities, prices), key=lambda line: OWNERS.index(line.owner))


def priced(quantities: dict[tuple[str, str, str], float], prices: Prices) -> Iterator[Line]:
    for (owner, what, name), quantity in quantities.items():
        if quantity:
            yield Line(owner=owner, what=what, quantity=quantity, price=prices[name])


def total(lines: Iterable[Line]) -> float:
    """USD a month."""
    return sum(line.usd for line in lines)
