"""What do people do on an ordinary day?"""

from collections.abc import Iterator
from random import Random

from ops.send.scenarios.cast import Person
from ops.send.scenarios.story import Happening, happens


def login(person: Person, at: float, session_id: str) -> Iterator[Happening]:
    """The login, and the exchange of its code for a token."""
    yield happens(at, "s", person, session_id=session_id)
    yield happens(at + 0.4, "seacft", person, session_id=session_id)


def visit(person: Person, at: float, random: Random) -> Iterator[Happening]:
    """A login, some renewed tokens, sometimes a logout: up to 25 minutes."""
    session_id = session(random)
    yield from login(person, at, session_id)
    for turn in range(random.randrange(3)):
        code = random.choice(("ssa", "sertft"))
        yield happens(at + 300 * (turn + 1) + random.uniform(0, 60), code, person, session_id=session_id)
    if random.random() < 0.4:
        yield happens(at + 1_000 + random.uniform(0, 500), "slo", person, session_id=session_id)


def mistyped(person: Person, at: float, random: Random) -> Iterator[Happening]:
    """A wrong password or two, then a visit."""
    for turn in range(random.randrange(1, 3)):
        yield happens(at + 8 * turn, "fp", person)
    yield from visit(person, at + 25, random)


def forgotten(person: Person, at: float, random: Random) -> Iterator[Happening]:
    """A wrong password, a new one by e-mail, then a login."""
    yield happens(at, "fp", person)
    yield happens(at + 20, "scpr", person)
    yield happens(at + 140, "scp", person)
    yield from login(person, at + 155, session(random))


def signup(person: Person, at: float, random: Random) -> Iterator[Happening]:
    """An account, its e-mail address verified some minutes later, and a login."""
    yield happens(at, "ss", person)
    verified = at + random.uniform(40, 400)
    yield happens(verified, "sv", person)
    yield from login(person, verified + 10, session(random))


def session(random: Random) -> str:
    return f"{random.getrandbits(128):032x}"
