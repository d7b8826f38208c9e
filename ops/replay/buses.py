"""Which bus has an archive, and what can come from there?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from ops.aws import OpsError
from ops.buses import called, names, own_prefix, source_prefix
from ops.environment import Environment

ARCHIVE = "AWS::Events::Archive"


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivedBus:
    """`kind` is what `--bus` calls it. `kept_days` 0: for ever. `count` is up to 24 hours behind.

    `source_prefix`: what the sources of its rules' patterns begin with; `own_prefix`: those of its events.
    """

    kind: str
    name: str
    arn: str
    source_prefix: str
    own_prefix: str
    archive: str
    archive_arn: str
    state: str
    kept_days: int
    created: datetime
    count: int


def archive_names(environment: Environment) -> dict[str, str]:
    """By the construct of the bus."""
    of_path = environment.of_type(ARCHIVE)
    return {bus: of_path[f"{bus}Archive"] for bus in names(environment) if f"{bus}Archive" in of_path}


def choose(environment: Environment, kind: str | None) -> ArchivedBus:
    """The bus of that kind, or the only one. Raises OpsError if it or its archive is not there, or not the only one."""
    archives = {called(bus): (bus, archive) for bus, archive in archive_names(environment).items()}
    if not archives:
        deploy = environment.commands.deploy()
        raise OpsError(f"{environment} has no archive: its stack EventBus is not deployed (`{deploy}`)")
    if kind is None and len(archives) > 1:
        raise OpsError(f"{environment} has more than one bus: choose with --bus {' or --bus '.join(archives)}")
    if kind is not None and kind not in archives:
        raise OpsError(f"{environment} has no bus {kind}; it has: {', '.join(archives)}")
    bus = describe(environment, *archives[kind or next(iter(archives))])
    with gone(environment, f"{bus.kind} bus {bus.name}"):
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


def describe(environment: Environment, bus: str, archive: str) -> ArchivedBus:
    """`bus`: its construct. Raises OpsError if the archive is gone."""
    name = environment.output(f"{bus}Name")
    with gone(environment, f"archive {archive} of the {called(bus)} bus, with all events in it,"):
        found: Any = environment.aws.events.describe_archive(ArchiveName=archive)
    return ArchivedBus(
        kind=called(bus),
        name=name,
        arn=found["EventSourceArn"],
        source_prefix=source_prefix(bus),
        own_prefix=own_prefix(bus, name),
        archive=archive,
        archive_arn=found["ArchiveArn"],
        state=found["State"],
        kept_days=found.get("RetentionDays", 0),
        created=found["CreationTime"],
        count=found.get("EventCount", 0),
    )
