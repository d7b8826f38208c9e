"""Which replays has an environment, and how is one of them cancelled?"""

from collections.abc import Callable
from datetime import UTC, datetime

from ops.aws import OpsError
from ops.buses import called
from ops.environment import Environment
from ops.replay.buses import archive_names, describe
from ops.replay.replays import Replay, cancel, listed, watch
from ops.replay.replays import describe as describe_replay

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def replays(environment: Environment, kind: str | None) -> list[Replay]:
    """Of the archive of that kind of bus, or of all; the newest first."""
    found = [each for arn in archive_arns(environment, kind) for each in listed(environment.aws.events, arn)]
    return sorted(found, key=lambda each: each.started or LONG_AGO, reverse=True)


def cancel_one(environment: Environment, name: str, wait: Callable[[], object]) -> Replay:
    """Waits for its end. Raises OpsError if it is none of this environment's."""
    replay = describe_replay(environment.aws.events, name)
    if replay.archive_arn not in archive_arns(environment, None):
        raise OpsError(f"replay {name} is of another archive than {environment}'s: choose --env")
    if replay.has_ended:
        return replay
    cancel(environment.aws.events, name)
    return watch(environment.aws.events, name, wait, lambda _: None)


def archive_arns(environment: Environment, kind: str | None) -> list[str]:
    names = archive_names(environment)
    return [describe(environment, bus, name).archive_arn for bus, name in names.items() if kind in (None, called(bus))]
