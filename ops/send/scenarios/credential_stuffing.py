"""What does credential stuffing look like?

A few addresses try many accounts, each once, with passwords from somewhere else. Nearly all fail; each address is
blocked in the end and is silent from then on. Some passwords fit, and what follows is worse than the noise.
"""

from collections.abc import Iterator, Sequence

from ops.send.scenarios.cast import Cast, Person
from ops.send.scenarios.habits import forgotten, login, session, visit
from ops.send.scenarios.story import Happening, Scenario, happens

_USERS, _ADDRESSES, _HITS = 40, 5, 2  # times the scale
_ATTEMPTS = 60  # of one address, before it is blocked
_KNOWN = 0.4  # the share of attempts at accounts that exist
_AT_ONE_ACCOUNT = 10  # wrong passwords, which block an address for an account
_LAST_BEGIN = 1_100.0  # of the addresses' attacks, seconds


def tell(cast: Cast, scale: int) -> Iterator[Happening]:
    users = cast.people(_USERS * scale)
    hits, others = users[: _HITS * scale], users[_HITS * scale :]
    for user in others:
        yield from visit(user, cast.random.uniform(0, 2_000), cast.random)
    addresses = [cast.attacker_address() for _ in range(_ADDRESSES * scale)]
    for place, address in enumerate(addresses):
        found = hits[place :: len(addresses)]
        yield from _attack(cast, address, 600 + _LAST_BEGIN * place / len(addresses), others, found)
    for user in hits:
        yield from _takeover(cast, user)
    yield from _one_account(cast, others[0])


def _attack(
    cast: Cast, address: str, at: float, users: Sequence[Person], hits: Sequence[Person]
) -> Iterator[Happening]:
    """`hits` are those whose passwords fit."""
    random = cast.random
    fits = dict(zip(random.sample(range(5, _ATTEMPTS), len(hits)), hits, strict=True))
    tried = random.sample(users, min(_ATTEMPTS, len(users)))
    for attempt in range(_ATTEMPTS):
        at += random.uniform(1, 4)
        if attempt in fits:
            yield from login(fits[attempt].impostor(address), at, session(random))
        elif attempt == 3:  # Auth0 tells of leaked passwords once an hour for an address
            yield happens(at, "pwd_leak", tried[0].impostor(address))
        elif tried and random.random() < _KNOWN:
            yield happens(at, "fp", tried.pop().impostor(address))
        else:
            yield happens(at, "fu", cast.person().impostor(address))
    blocked = cast.person().impostor(address)
    yield happens(at + 1, "limit_mu", blocked, attacked_flow="login")


def _takeover(cast: Cast, user: Person) -> Iterator[Happening]:
    """By hand, from another address; then the user cannot log in any more, and gets the account back."""
    thief = user.impostor(cast.attacker_address(), user.browser)
    at = 2_000 + cast.random.uniform(0, 300)
    yield from login(thief, at, session(cast.random))
    yield happens(at + 60, "scp", thief)
    yield happens(at + 90, "srrt", thief)
    yield from forgotten(user, at + 700 + cast.random.uniform(0, 300), cast.random)


def _one_account(cast: Cast, user: Person) -> Iterator[Happening]:
    """One address insists on one account, which is blocked for it until the user lets it go."""
    attacker = user.impostor(cast.attacker_address())
    for attempt in range(_AT_ONE_ACCOUNT):
        yield happens(1_500 + 3 * attempt, "fp", attacker)
    yield happens(1_531, "limit_wc", attacker)
    yield happens(2_400, "ublkdu", user)


SCENARIO = Scenario(
    summary="a few addresses try many accounts, some passwords fit, accounts are taken over and won back",
    seconds=3_600,
    tell=tell,
)
