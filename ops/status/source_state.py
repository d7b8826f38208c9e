"""In which state is the partner event source, and what is to be done about it?"""

from collections.abc import Callable
from datetime import datetime

from ops.commands import Commands
from ops.redrive.screen import age
from ops.status.report import Finding, Judgement, Mark, Row
from ops.status.source_missing import IN_AUTH0, PART, absent, finding, in_another_region
from ops.status.sources import Source, Sources


def judge(sources: Sources, commands: Commands, region: str, now: datetime) -> Judgement:
    if not sources.expected:
        yield from of_nobody(sources, commands, now)
        return
    source = sources.found
    yield row(sources, source, now)
    if sources.asked and sources.deployed and sources.asked != sources.deployed:
        yield finding(
            sources.deployed,
            f"the stacks have a partner bus for another source, {sources.deployed}",
            "A further tenant: deploy with both. To change the source, the stacks let go from the end: README, Connect "
            "an Auth0 tenant.",
            commands.deploy(sources.to_deploy),
        )
    elif source:
        yield from STATES.get(source.state, unknown)(sources, source, commands, now)
    elif sources.other_regions:
        yield in_another_region(sources, commands, region)
    else:
        yield absent(sources, commands, region)


def row(sources: Sources, source: Source | None, now: datetime) -> Row:
    state = source.state if source else "IN ANOTHER REGION" if sources.other_regions else "ABSENT"
    is_well = state == "ACTIVE" and sources.expected == sources.deployed and sources.has_bus is not False
    return Row(
        part=PART,
        name=sources.expected or "",
        mark=Mark.WELL if is_well else Mark.NEEDS_YOU,
        says=f"{state}, {until(source, now)}" if source and state == "PENDING" else state,
        facts={
            "state": state,
            "expires": source.expires.isoformat() if source and source.expires else None,
            "other_regions": sources.other_regions,
            "regions_not_seen": dict(sources.unasked),
        },
    )


def until(source: Source, now: datetime) -> str:
    if not source.expires:
        return "AWS gives no expiry"
    left = (source.expires - now).total_seconds()
    return f"expires {source.expires:%Y-%m-%d %H:%M} UTC, in {age(left)}" if left > 0 else "expired"


def active(sources: Sources, source: Source, commands: Commands, _now: datetime) -> Judgement:
    if sources.deployed and sources.has_bus is False:
        yield bus_deleted(sources, source, commands)
    elif not sources.deployed:
        yield finding(
            source.name,
            f"the source is ACTIVE by a bus that is not of Auth0Events-{commands.environment}: deploying fails",
            "It is another environment's (--env), or was kept when one was removed: README, Remove it, says how to "
            "delete archive and bus first. With the bus gone Auth0's events are dropped until the deployment is done.",
            commands.aws("events", "list-rules", "--event-bus-name", source.name),
        )


def pending(sources: Sources, source: Source, commands: Commands, now: datetime) -> Judgement:
    dropped = f"the source is PENDING: what Auth0 sends is dropped; {until(source, now)}"
    if sources.has_bus:
        yield finding(
            source.name,
            f"{dropped}. Its bus is there, so somebody has deactivated it",
            "Activate it: PENDING for two weeks, it is deleted.",
            commands.aws("events", "activate-event-source", "--name", source.name),
        )
    elif sources.deployed and sources.has_bus is False:
        yield bus_deleted(sources, source, commands)
    elif sources.deployed:
        yield finding(
            source.name,
            f"{dropped}. Its bus was deleted, or somebody has deactivated the source: it was not seen which",
            "Ask with the right to events:DescribeEventBus.",
        )
    else:
        yield finding(
            source.name,
            dropped,
            "Deploy with it, with your other settings if you have any: its bus makes it ACTIVE.",
            commands.deploy(sources.to_deploy or source.name),
        )


def deleted(_sources: Sources, source: Source, _commands: Commands, _now: datetime) -> Judgement:
    yield finding(
        source.name,
        "the source is DELETED: Auth0 has removed it, and nothing arrives any more",
        f"{IN_AUTH0}: the stream was deleted there or has expired here. Create a new one for this region: its source "
        "has a new name. README, Connect an Auth0 tenant, says how to change the event source.",
    )


def unknown(_sources: Sources, source: Source, _commands: Commands, _now: datetime) -> Judgement:
    yield finding(source.name, f"the source is {source.state}: no state that this command knows", "See EventBridge.")


STATES: dict[str, Callable[[Sources, Source, Commands, datetime], Judgement]] = {
    "ACTIVE": active,
    "PENDING": pending,
    "DELETED": deleted,
}


def bus_deleted(sources: Sources, source: Source, commands: Commands) -> Finding:
    return finding(
        source.name,
        "the partner bus was deleted, and its rules with it: what Auth0 sends is dropped",
        "Recreate what AWS has no longer, with the settings of the last deployment: without --revert-drift "
        "CloudFormation sees no change. What Auth0 sent meanwhile is in Auth0's own logs alone.",
        *commands.recreate(sources.to_deploy),
    )


def of_nobody(sources: Sources, commands: Commands, now: datetime) -> Judgement:
    """Without a partner bus and a name: what is there to deploy with?"""
    if not sources.here:
        look = commands.ops("status", "--event-source", "NAME")
        yield Row(
            part=PART,
            name="none",
            mark=Mark.NOTE,
            says=f"of Auth0 here, and none is asked for; `{look}` looks elsewhere",
        )
    for source in sources.here:
        is_waiting = source.state == "PENDING"
        says = (
            f"PENDING, {until(source, now)}"
            if is_waiting
            else f"{source.state}, by a bus that is not of this environment"
        )
        mark = Mark.NEEDS_YOU if is_waiting else Mark.NOTE
        yield Row(part=PART, name=source.name, mark=mark, says=says, facts={"state": source.state})
        if is_waiting:
            yield from pending(sources, source, commands, now)
