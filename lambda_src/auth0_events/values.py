"""Where do the plausible values of a generated log come from?

Only addresses, domains and telephone numbers that are reserved for documentation and fiction: RFC 5737, RFC 3849,
RFC 2606, and 555-0100 to 555-0199. A person, an application or a connection has the same ids in every log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from lambda_src.auth0_events.templates import Drawer, Draws

TENANT = "acme-shop"
_FIRST_NAMES = ("Alex", "Ariel", "Casey", "Chen", "Dana", "Jamie", "Kai", "Kim", "Luca", "Noor", "Robin", "Sam", "Toni")
_LAST_NAMES = ("Birch", "Brook", "Field", "Hill", "Lake", "Moore", "Reed", "River", "Stone", "Vale", "West", "Wood")
_DOMAINS = ("example.com", "example.net", "example.org")
_IPV4_NETWORKS = ("192.0.2", "198.51.100", "203.0.113")
APPLICATIONS = ("Admin Portal", "Mobile App", "Partner API", "Support Desk", "Web Shop")
_ROLES = ("Buyer", "Editor", "Support", "Viewer")
_APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1"
_MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_APPLE} Safari/605.1.15"
_IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {_APPLE} Mobile/15E148 Safari/604.1"
_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"
_LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
_ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"
# Auth0's short form, the header it came from, and whether that is a mobile device.
BROWSERS = (
    ("Firefox 132.0.0 / Windows 10.0.0", _WINDOWS, False),
    ("Firefox 132.0.0 / Ubuntu 0.0.0", _LINUX, False),
    ("Safari 18.1.0 / Mac OS X 10.15.7", _MAC, False),
    ("Mobile Safari 18.1.0 / iOS 18.1.0", _IPHONE, True),
    ("Firefox Mobile 132.0.0 / Android 14.0.0", _ANDROID, True),
)
# What an administrator does: description, method, path, status.
_OPERATIONS = (
    ("Create a client", "post", "/api/v2/clients", 201),
    ("Update a client", "patch", "/api/v2/clients/{client_id}", 200),
    ("Rotate a client secret", "post", "/api/v2/clients/{client_id}/rotate-secret", 200),
    ("Update a connection", "patch", "/api/v2/connections/{connection_id}", 200),
    ("Create a role", "post", "/api/v2/roles", 200),
    ("Delete a log stream", "delete", "/api/v2/log-streams/lst_{short_id}", 204),
    ("Update tenant settings", "patch", "/api/v2/tenants/settings", 200),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Where users log in: `strategy` is also the first part of their user ids."""

    name: str
    id: str
    strategy: str
    strategy_type: str


DATABASE = Connection(
    name="Username-Password-Authentication", id="con_5f1dAcmeUsersDb01", strategy="auth0", strategy_type="database"
)
SOCIAL = Connection(name="google-oauth2", id="con_5f1dAcmeGoogle01", strategy="google-oauth2", strategy_type="social")
ENTERPRISE = Connection(name="acme-saml", id="con_5f1dAcmeSaml0001", strategy="samlp", strategy_type="enterprise")
DIRECTORY = Connection(name="acme-directory", id="con_5f1dAcmeLdap0001", strategy="ad", strategy_type="enterprise")
EMAIL = Connection(name="email", id="con_5f1dAcmeEmail001", strategy="email", strategy_type="passwordless")
SMS = Connection(name="sms", id="con_5f1dAcmeSms00001", strategy="sms", strategy_type="passwordless")


def iso_time(moment: datetime) -> str:
    """ISO 8601 with milliseconds and `Z`, as Auth0 writes dates, of a time in UTC."""
    return f"{moment.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _ip(draws: Draws) -> str:
    if draws.random.random() < 0.1:
        return f"2001:db8:{draws.random.randrange(0x10000):x}::{draws.random.randrange(1, 0x10000):x}"
    return f"{draws.random.choice(_IPV4_NETWORKS)}.{draws.random.randrange(1, 255)}"


def _person(draws: Draws) -> int:
    return draws.random.randrange(len(_FIRST_NAMES) * len(_LAST_NAMES))


def _namesake(draws: Draws) -> str:
    """What tells people of one name apart. Drawn people have names of their own; a story can have more people."""
    return str(draws["person"] // (len(_FIRST_NAMES) * len(_LAST_NAMES)) or "")


def _full_name(draws: Draws) -> str:
    last, first = divmod(draws["person"], len(_FIRST_NAMES))
    return f"{_FIRST_NAMES[first]} {_LAST_NAMES[last % len(_LAST_NAMES)]}"


def _email(draws: Draws) -> str:
    domain = _DOMAINS[draws["person"] % len(_DOMAINS)]
    return f"{draws['full_name'].lower().replace(' ', '.')}{draws['namesake']}@{domain}"


def user_id(strategy: str, person: int) -> str:
    """The id of this person, who logs in by a connection of this strategy."""
    return f"{strategy}|{_stable_digits('user', person, alphabet='0123456789abcdef', length=24)}"


@cache
def _stable_digits(kind: str, number: int, *, alphabet: str, length: int) -> str:
    return "".join(Random(f"{kind} {number}").choices(alphabet, k=length))  # noqa: S311 - ids, no secrets


def _client_id(draws: Draws) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return _stable_digits("client", APPLICATIONS.index(draws["client_name"]), alphabet=letters, length=32)


def _hex(length: int) -> Drawer:
    return lambda draws: f"{draws.random.getrandbits(4 * length):0{length}x}"


def _uuid(draws: Draws) -> str:
    digits = _hex(32)(draws)
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _one_of(*values: Any) -> Drawer:
    return lambda draws: draws.random.choice(values)


DRAWERS: Mapping[str, Drawer] = {
    # The request
    "ip": _ip,
    "browser": _one_of(*BROWSERS),
    "user_agent": lambda draws: draws["browser"][0],
    "user_agent_header": lambda draws: draws["browser"][1],
    "is_mobile": lambda draws: draws["browser"][2],
    "host": lambda _: "login.example.com",
    # The user
    "person": _person,
    "full_name": _full_name,
    "email": _email,
    "user_id": lambda draws: user_id(draws["strategy"], draws["person"]),
    "namesake": _namesake,
    "username": lambda draws: draws["full_name"].lower().replace(" ", "_") + draws["namesake"],
    "phone": lambda draws: f"+1202555{100 + draws['person'] % 100:04d}",
    "logins": lambda draws: draws.random.randrange(1, 400),
    # The application
    "client_name": _one_of(*APPLICATIONS),
    "client_id": _client_id,
    "audience": _one_of("https://api.example.com/", "https://orders.example.com/"),
    "scope": _one_of("openid profile email", "openid profile email offline_access", "read:orders"),
    "app_url": _one_of("https://shop.example.com", "https://portal.example.org"),
    # The connection, which is given
    "connection": lambda draws: draws["from_connection"].name,
    "connection_id": lambda draws: draws["from_connection"].id,
    "strategy": lambda draws: draws["from_connection"].strategy,
    "strategy_type": lambda draws: draws["from_connection"].strategy_type,
    # The tenant
    "tenant": lambda _: TENANT,
    "organization_id": lambda _: "org_AcmeWholesale001",
    "organization_name": lambda _: "acme-wholesale",
    "role": _one_of(*_ROLES),
    "attacked_flow": _one_of("login", "signup"),
    "operation": _one_of(*_OPERATIONS),
    "operation_description": lambda draws: draws["operation"][0],
    "operation_method": lambda draws: draws["operation"][1],
    "operation_path": lambda draws: draws["operation"][2].format_map(draws),
    "operation_status": lambda draws: draws["operation"][3],
    # Ids that Auth0 makes
    "session_id": _hex(32),
    "transaction_id": _hex(32),
    "short_id": _hex(16),
    "long_id": _hex(24),
    "uuid": _uuid,
    "other_uuid": _uuid,
    "third_uuid": _uuid,
    "execution_id": lambda draws: f"{_hex(12)(draws)}{_ms(draws.moment)}",
    "family_counter": lambda draws: draws.random.randrange(2, 40),
    "code_digits": lambda draws: f"{draws.random.randrange(10**6):06d}",
    # Times
    "now": lambda draws: iso_time(draws.moment),
    "now_ms": lambda draws: _ms(draws.moment),
    "elapsed_ms": lambda draws: draws.random.randrange(1_500, 60_000),
    "started_ms": lambda draws: draws["now_ms"] - draws["elapsed_ms"],
    "a_minute_ago": lambda draws: iso_time(draws.moment - timedelta(minutes=1)),
    "an_hour_ago": lambda draws: iso_time(draws.moment - timedelta(hours=1)),
    "in_an_hour": lambda draws: iso_time(draws.moment + timedelta(hours=1)),
}
