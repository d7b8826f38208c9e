"""What is different in staging and in production?

By the first part of an environment's name: `production` and `production-eu` are production. Every other name has the
settings' own defaults, which suit an environment that comes and goes: `dev`, `pr-12`.
"""

import difflib
from collections.abc import Collection, Mapping
from typing import TypedDict

from stacks.checks import InvalidSettings


class Profile(TypedDict, total=False):
    """Defaults of settings (stacks/settings.py); what is missing is as in every other environment."""

    simulator: bool
    archive_days: int
    log_days: int
    retain: bool
    termination_protection: bool


# With a simulator: `ops verify` sends its events through it.
STAGING = Profile(termination_protection=True)
PRODUCTION = Profile(simulator=False, archive_days=365, log_days=365, retain=True, termination_protection=True)
PROFILES: Mapping[str, Profile] = {
    "staging": STAGING,
    "stage": STAGING,
    "production": PRODUCTION,
    "prod": PRODUCTION,
}


def profile_of(environment: str, *, known: Collection[str] = ()) -> Profile:
    """`known`: names that cdk.json has. Raises InvalidSettings for a name that looks like a misspelled profile's.

    It would be an environment without the profile's protection, and nobody would be told.
    """
    kind = environment.partition("-")[0]
    if kind in PROFILES:
        return PROFILES[kind]
    near = difflib.get_close_matches(kind.lower(), PROFILES, n=1, cutoff=0.75)
    if near and environment not in known:
        raise InvalidSettings(
            f"environment is {environment!r}; did you mean {near[0]!r} (or {near[0]}-<more>)? "
            'If not, name it in cdk.json: {"context": {"environments": {"' + environment + '": {}}}}'
        )
    return Profile()
