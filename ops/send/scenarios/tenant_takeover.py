"""What does the takeover of a tenant look like?

An administrator's password is known to somebody, who wears down the second factor, replaces it, opens a back door,
hides the traces, reads what there is, and deletes users. `scale` is how many users there are, in dozens.
"""

from collections.abc import Iterator
from itertools import count

from ops.send.scenarios.cast import Cast, Person
from ops.send.scenarios.habits import login, session, visit
from ops.send.scenarios.story import Happening, Scenario, happens

_USERS, _DELETED = 12, 8  # times the scale
_BACK_DOOR = {"client_name": "Nightly Sync", "client_id": "Qy7mBacKd00rNightlySyncClient001"}
# description, method, path, status: in the order in which they are done
_CHANGES = (
    ("Create a client", "post", "/api/v2/clients", 201),
    ("Create a client grant", "post", "/api/v2/client-grants", 201),
    ("Update a connection", "patch", "/api/v2/connections/{connection_id}", 200),
    ("Update an action", "patch", "/api/v2/actions/actions/{uuid}", 200),
    ("Deploy an action", "post", "/api/v2/actions/actions/{uuid}/deploy", 200),
    ("Update a rule", "patch", "/api/v2/rules/rul_{short_id}", 200),
    ("Update a log stream", "patch", "/api/v2/log-streams/lst_{short_id}", 200),
    ("Delete a log stream", "delete", "/api/v2/log-streams/lst_{short_id}", 204),
)


def tell(cast: Cast, scale: int) -> Iterator[Happening]:
    users = cast.people(_USERS * scale)
    for user in users:
        yield from visit(user, cast.random.uniform(0, 3_000), cast.random)
    admin = cast.person(client_name="Admin Portal")
    yield from _ordinary(admin, cast)
    thief = admin.impostor(cast.attacker_address(), cast.person().browser)
    yield from _break_in(thief, cast)
    yield from _factor(thief)
    yield from _changes(thief)
    yield from _back_door(thief, users[: _DELETED * scale])
    yield from _aftermath(admin, users[: _DELETED * scale], cast)


def _ordinary(admin: Person, cast: Cast) -> Iterator[Happening]:
    yield from login(admin, 300, session(cast.random))
    yield happens(301, "gd_auth_succeed", admin)
    yield happens(400, "mgmt_api_read", admin)
    yield happens(460, "sapi", admin, operation=("Create a role", "post", "/api/v2/roles", 200))


def _break_in(thief: Person, cast: Cast) -> Iterator[Happening]:
    """Two wrong passwords, the right one, and requests for the second factor until somebody says yes."""
    yield happens(3_600, "fp", thief)
    yield happens(3_612, "fp", thief)
    for attempt in range(5):
        yield happens(3_640 + 45 * attempt, "gd_start_auth", thief)
        yield happens(3_640 + 45 * attempt + 20, "gd_auth_rejected" if attempt < 4 else "gd_auth_succeed", thief)
    yield from login(thief, 3_842, session(cast.random))


def _factor(thief: Person) -> Iterator[Happening]:
    yield happens(3_900, "gd_unenroll", thief)
    yield happens(3_960, "gd_start_enroll", thief)
    yield happens(3_990, "gd_enrollment_complete", thief)
    yield happens(4_020, "gd_tenant_update", thief)
    yield happens(4_060, "scp", thief)


def _changes(thief: Person) -> Iterator[Happening]:
    yield happens(4_100, "mgmt_api_read", thief)
    for place, operation in enumerate(_CHANGES):
        yield happens(4_150 + 70 * place, "sapi", thief, operation=operation)


def _back_door(thief: Person, users: list[Person]) -> Iterator[Happening]:
    """The new client takes tokens of its own, reads, and deletes."""
    at = count(4_800, 15)
    yield happens(next(at), "seccft", thief, **_BACK_DOOR)
    for _ in range(6):
        yield happens(next(at), "mgmt_api_read", thief, **_BACK_DOOR)
    yield Happening(next(at), "api_limit_warning", _BACK_DOOR)
    for place, user in enumerate(users):
        moment = 4_950 + 600 * place / len(users)
        path = f"/api/v2/users/{user.user_id.replace('|', '%7C')}"
        yield happens(moment, "sapi", thief, operation=("Delete a user", "delete", path, 204), **_BACK_DOOR)
        yield happens(moment + 0.3, "sdu", user.impostor(thief.ip, thief.browser))


def _aftermath(admin: Person, users: list[Person], cast: Cast) -> Iterator[Happening]:
    """Nobody who was deleted can log in, nor can the administrator with the old password."""
    for user in users:
        yield happens(5_700 + cast.random.uniform(0, 1_300), "fu", user)
    for attempt in range(3):
        yield happens(6_000 + 30 * attempt, "fp", admin)


SCENARIO = Scenario(
    summary="an administrator's login from a new address, another second factor, a back door, deleted users",
    seconds=7_200,
    tell=tell,
)
