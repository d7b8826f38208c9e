"""What does a burst of signups by bots look like?

A few addresses create accounts that nobody verifies, until each is blocked. An administrator closes the door and
deletes the accounts.
"""

from collections.abc import Iterator

from lambda_src.auth0_events.values import DATABASE
from ops.send.scenarios.cast import Cast, Person
from ops.send.scenarios.habits import login, session, signup
from ops.send.scenarios.story import Happening, Scenario, happens

_USERS, _ADDRESSES = 15, 4  # times the scale
_SIGNUPS = 40  # of one address, before it is blocked
_TAKEN, _LEAKED, _BOUNCED = 0.15, 0.1, 0.2  # shares: the account exists, the password has leaked, the e-mail came back
_CLOSED = ("Update a connection", "patch", f"/api/v2/connections/{DATABASE.id}", 200)


def tell(cast: Cast, scale: int) -> Iterator[Happening]:
    users = cast.people(_USERS * scale)
    for user in users:
        yield from signup(user, cast.random.uniform(0, 1_200), cast.random)
    bots: list[Person] = []
    for _ in range(_ADDRESSES * scale):
        yield from _burst(cast, cast.attacker_address(), users, bots)
    yield from _clean_up(cast, bots)


def _burst(cast: Cast, address: str, users: list[Person], bots: list[Person]) -> Iterator[Happening]:
    """Adds to `bots` who got an account."""
    random = cast.random
    at = 300 + random.uniform(0, 120)
    for _ in range(_SIGNUPS):
        at += random.expovariate(1 / 5)
        chance, bot = random.random(), cast.person().impostor(address)
        if chance < _TAKEN:
            yield happens(at, "fs", random.choice(users).impostor(address))
        elif chance < _TAKEN + _LEAKED:
            yield happens(at, "signup_pwd_leak", bot)
        else:
            bots.append(bot)
            yield happens(at, "ss", bot)
            if random.random() < _BOUNCED:
                yield happens(at + 20, "fn", bot)
    yield happens(at + 1, "limit_mu", cast.person().impostor(address), attacked_flow="signup")


def _clean_up(cast: Cast, bots: list[Person]) -> Iterator[Happening]:
    admin = cast.person(client_name="Admin Portal")
    yield from login(admin, 1_300, session(cast.random))
    yield happens(1_340, "sapi", admin, operation=_CLOSED)
    for place, bot in enumerate(bots):
        yield happens(1_400 + 380 * place / len(bots), "sdu", bot.impostor(admin.ip, admin.browser))


SCENARIO = Scenario(
    summary="bots create accounts from a few addresses, which are blocked; an administrator deletes the accounts",
    seconds=1_800,
    tell=tell,
)
