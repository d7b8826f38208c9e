"""Which bus has an archive, and what can come from there?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from lambda_src.auth0_events.envelope import PARTNER_SOURCE_PREFIX, SIMULATION_SOURCE_PREFIX
from ops.aws import OpsError
from ops.environment import Environment

ARCHIVE = "AWS::Events::Archive"
# The construct's name, which is that of its output and the beginning of its archive's path, and the source prefix.
BUSES = {
    "partner": ("PartnerBus", PARTNER_SOURCE_PREFIX),
    "simulation": ("SimulationBus", SIMULATION_SOURCE_PREFIX),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivedBus:
    """`kind` is its key in BUSES. `kept_days` 0: for ever. `count` is up to 24 hours behind."""

    kind: str
    name: str
    arn: str
    source_prefix: str
    archive: str
    archive_arn: str
    state: str
    kept_days: int
    created: datetime
    count: int


def archive_names(environment: Environment) -> dict[str, str]:
    """By the bus's kind."""
    of_path = environment.of_type(ARCHIVE)
    return {kind: of_path[f"{id_}Archive"] for kind, (id_, _) in BUSES.items() if f"{id_}Archive" in of_path}


def choose(environment: Environment, kind: str | None) -> ArchivedBus:
    """The bus of that kind, or the only one. Raises OpsError if it or its archive is not there, or not the only one."""
    names = archive_names(environment)
    if not names:
        deploy = environment.commands.deploy()
        raise OpsError(f"{environment} has no archive: its stack EventBus is not deployed (`{deploy}`)")
    if kind is None and len(names) > 1:
        raise OpsError(f"{environment} has more than one bus: choose with --bus {' or --bus '.join(names)}")
    if kind is not None and kind not in names:
        raise OpsError(f"{environment} has no {kind} bus; it has: {', '.join(names)}")
    only = kind or next(iter(names))
    bus = describe(environment, only, names[only])
    with gone(environment, f"{only} bus {bus.name}"):
        environment.aws.events.describe_event_bus(Name=bus.name)
    return bus


@contextmanager
def gone(environment: Environment, what: str) -> Iterator[None]:
    """What AWS does not find becomes one line, with the way back."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"].get("Code") != "ResourceNotFoundException":
            raise
        raise OpsError(f"the {what} is gone: {environment.way_back}") from error


def describe(environment: Environment, kind: str, archive: str) -> ArchivedBus:
    """Raises OpsError if the archive is gone."""
    id_, source_prefix = BUSES[kind]
    with gone(environment, f"archive {archive} of the {kind} bus, with all events in it,"):
        found: Any = environment.aws.events.describe_archive(ArchiveName=archive)
    return ArchivedBus(
        kind=kind,
        name=environment.output(f"{id_}Name"),
        arn=found["EventSourceArn"],
        source_prefix=source_prefix,
        archive=archive,
        archive_arn=found["ArchiveArn"],
        state=found["State"],
        kept_days=found.get("RetentionDays", 0),
        created=found["CreationTime"],
        count=found.get("EventCount", 0),
    )
