"""Which buses does an environment have, and what does `--bus` call them?"""

import re
from typing import TYPE_CHECKING

from lambda_src.auth0_events.envelope import PARTNER_SOURCE_PREFIX, SIMULATION_SOURCE_PREFIX
from ops.aws import OpsError
from stacks.event_sources import NO_SOURCE

if TYPE_CHECKING:
    from ops.environment import Environment

# Constructs of the stack EventBus; a further partner bus has eight more characters: stacks/event_sources.py.
PARTNER, SIMULATION = "PartnerBus", "SimulationBus"
OUTPUT = re.compile(rf"((?:{PARTNER}|{SIMULATION})\w*)Name")
SHORT = {PARTNER: "partner", SIMULATION: "simulation"}
HELP = f"{', '.join(SHORT.values())}, or a further partner bus by its construct: {PARTNER}0b1c2d3e."


def names(environment: "Environment") -> dict[str, str]:
    """The names of the environment's buses by construct, the first partner bus first."""
    found = {match[1]: name for key, name in environment.outputs.items() if (match := OUTPUT.fullmatch(key))}
    return dict(sorted(found.items()))


def partners(environment: "Environment") -> dict[str, str]:
    return {construct: name for construct, name in names(environment).items() if is_partner(construct)}


def event_source_setting(environment: "Environment", *more: str) -> str | None:
    """What `-c event_source=` was, and `more`; None: nothing. A bus that was there already stands by its ARN."""
    buses = partners(environment)
    given = [environment.outputs.get(f"{construct}Arn", name) for construct, name in buses.items()]
    first = [NO_SOURCE] if buses and PARTNER not in buses else []  # its place is kept: the others keep their ids
    return ",".join([*first, *given, *more]) or None


def is_partner(construct: str) -> bool:
    return construct.startswith(PARTNER)


def called(construct: str) -> str:
    """What `--bus` calls it."""
    return SHORT.get(construct, construct)


def source_prefix(construct: str) -> str:
    """What the sources of its rules' patterns begin with."""
    return PARTNER_SOURCE_PREFIX if is_partner(construct) else SIMULATION_SOURCE_PREFIX


def own_prefix(construct: str, name: str) -> str:
    """What the sources of its events begin with: a partner bus has its source's name."""
    return name if is_partner(construct) else SIMULATION_SOURCE_PREFIX


def find_prefix(environment: "Environment", bus: str) -> str:
    """The own prefix of the bus that `--bus` calls so. Raises OpsError if the environment has none."""
    found = {called(construct): own_prefix(construct, name) for construct, name in names(environment).items()}
    if bus not in found:
        raise OpsError(f"{environment} has no bus {bus}; it has: {', '.join(found) or 'none'}")
    return found[bus]


def kind_of(source: str) -> str:
    """`partner` or `simulation` bus, by an event's source; the source itself if it is neither's."""
    kinds = {"partner": PARTNER_SOURCE_PREFIX, "simulation": SIMULATION_SOURCE_PREFIX}
    return next((kind for kind, prefix in kinds.items() if source.startswith(prefix)), source)
