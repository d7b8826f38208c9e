"""What does a day look like on which nothing happens?

Logins that follow the hours of work, renewed tokens, logouts, a wrong password now and then; machines at every hour.
"""

from collections.abc import Iterator

from lambda_src.auth0_events.values import DATABASE, DIRECTORY, ENTERPRISE, SOCIAL
from ops.send.scenarios.cast import Cast
from ops.send.scenarios.habits import forgotten, login, mistyped, session, signup, visit
from ops.send.scenarios.story import Happening, Scenario, happens

_HOUR = 3_600
_USERS, _VISITS = 60, 150  # times the scale
# How busy each hour is, from midnight on: the morning, a break at noon, the afternoon, a late evening.
_CURVE = (2, 1, 1, 1, 1, 2, 5, 12, 22, 26, 24, 20, 14, 20, 24, 23, 20, 15, 10, 9, 11, 10, 6, 3)
_MISTYPED, _FORGOTTEN, _NEW = 0.04, 0.01, 0.03  # shares of the visits


def tell(cast: Cast, scale: int) -> Iterator[Happening]:
    random = cast.random
    users = [cast.person(connection=random.choice((DATABASE, SOCIAL, ENTERPRISE))) for _ in range(_USERS * scale)]
    with_password = [user for user in users if user.connection == DATABASE]
    hours = random.choices(range(24), _CURVE, k=_VISITS * scale)
    for hour in hours:
        # the last visit of the day ends in the day
        at, chance = min(hour * _HOUR + random.uniform(0, _HOUR), 24 * _HOUR - 1_600), random.random()
        if chance < _NEW:
            yield from signup(cast.person(), at, random)
        elif chance < _NEW + _FORGOTTEN:
            yield from forgotten(random.choice(with_password), at, random)
        elif chance < _NEW + _FORGOTTEN + _MISTYPED:
            yield from mistyped(random.choice(with_password), at, random)
        else:
            yield from visit(random.choice(users), at, random)
    yield from _machines(cast)
    yield from _administration(cast)


def _machines(cast: Cast) -> Iterator[Happening]:
    partner = cast.person(client_name="Partner API")
    for hour in range(24):
        yield happens(hour * _HOUR + 90 + cast.random.uniform(0, 5), "seccft", partner)
    yield Happening(3 * _HOUR, "directory_sync_started", {"from_connection": DIRECTORY})
    yield Happening(3 * _HOUR + 240, "directory_sync_completed", {"from_connection": DIRECTORY})


def _administration(cast: Cast) -> Iterator[Happening]:
    admin = cast.person(client_name="Admin Portal")
    yield from login(admin, 9.2 * _HOUR, session(cast.random))
    yield happens(9.2 * _HOUR + 60, "mgmt_api_read", admin)
    yield happens(9.2 * _HOUR + 200, "sapi", admin, operation=("Create a role", "post", "/api/v2/roles", 200))


SCENARIO = Scenario(
    summary="a day's curve of logins, renewed tokens and logouts; nothing to worry about",
    seconds=24 * _HOUR,
    tell=tell,
)
