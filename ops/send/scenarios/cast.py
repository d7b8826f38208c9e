"""Who takes part in a scenario?

Each person has one account, one home address, one browser and one application throughout. Home addresses are in
192.0.2.0/24, 198.51.100.0/24 and 2001:db8::/32; 203.0.113.0/24 is the attackers' (RFC 5737, RFC 3849).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from lambda_src.auth0_events.values import APPLICATIONS, BROWSERS, DATABASE, Connection, user_id

Browser = tuple[str, str, bool]
SCRIPT: Browser = ("Python Requests 2.32.3 / Other 0.0.0", "python-requests/2.32.3", False)
_HOSTS = 254  # of a /24
_HOME_NETWORKS = ("192.0.2", "198.51.100")
_MOST_NUMBERED = 10_000  # of people who take no part, so that another seed has other people


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    number: int
    connection: Connection
    ip: str
    browser: Browser
    client_name: str

    @property
    def user_id(self) -> str:
        return user_id(self.connection.strategy, self.number)

    @property
    def known(self) -> Mapping[str, Any]:
        """What every log of this person says: values of `auth0_events.values.DRAWERS`."""
        return {
            "person": self.number,
            "from_connection": self.connection,
            "ip": self.ip,
            "browser": self.browser,
            "client_name": self.client_name,
        }

    def impostor(self, ip: str, browser: Browser = SCRIPT) -> "Person":
        """Somebody else at another address, who says to be this person."""
        return replace(self, ip=ip, browser=browser)


class Cast:
    """Hands out people and addresses, each once. All chance of a scenario is `random`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._next_number = random.randrange(_MOST_NUMBERED)
        self._homes = 0
        self._attackers = 0

    def person(self, *, connection: Connection = DATABASE, client_name: str | None = None) -> Person:
        self._next_number += 1
        return Person(
            number=self._next_number,
            connection=connection,
            ip=self._home(),
            browser=self.random.choice(BROWSERS),
            client_name=client_name or self.random.choice(APPLICATIONS),
        )

    def people(self, count: int) -> list[Person]:
        return [self.person() for _ in range(count)]

    def attacker_address(self) -> str:
        self._attackers += 1
        if self._attackers <= _HOSTS:
            return f"203.0.113.{self._attackers}"
        return f"2001:db8:bad::{self._attackers:x}"

    def _home(self) -> str:
        network, host = divmod(self._homes, _HOSTS)
        self._homes += 1
        if network < len(_HOME_NETWORKS):
            return f"{_HOME_NETWORKS[network]}.{host + 1}"
        return f"2001:db8:{self.random.randrange(0x100):x}::{self._homes:x}"
