"""Is there a bus and an archive of it, and when did it see an event last?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from ops.commands import Commands
from ops.redrive.screen import age
from ops.status.asking import NotSeen, if_there
from ops.status.last_events import LONGEST_DAYS
from ops.status.report import Finding, Judgement, Mark, Row, not_seen

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

PART, ARCHIVE = "buses", "archives"
ARCHIVE_TYPE = "AWS::Events::Archive"
MINUTE = 60  # seconds: CloudWatch tells no more exactly
MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Buses:
    """Answers by the construct's path: is there a bus, what is its archive (DescribeArchive), its last event?

    `sources`: of the partner buses; a bus that is gone is its source's own finding, which says more.
    """

    are_there: Mapping[str, bool | NotSeen]
    archives: Mapping[str, Mapping[str, Any] | NotSeen | None]
    last_events: Mapping[str, datetime | None] | NotSeen
    sources: Mapping[str, str]


def exists(client: "EventBridgeClient", bus: str) -> bool:
    return if_there(partial(client.describe_event_bus, Name=bus)) is not None


def describe_archive(client: "EventBridgeClient", name: str) -> Mapping[str, Any] | None:
    answer = if_there(partial(client.describe_archive, ArchiveName=name))
    return None if answer is None else {**answer}


def judge(buses: Buses, commands: Commands, source: str | None, now: datetime) -> Judgement:
    """`source`: the event sources to deploy with."""
    yield from not_seen(PART, buses.are_there)
    if isinstance(buses.last_events, NotSeen):
        yield from not_seen(PART, {"last event": buses.last_events})
    for name, is_there in buses.are_there.items():
        if is_there is False:
            yield Row(part=PART, name=name, mark=Mark.NEEDS_YOU, says="DELETED", facts={"exists": False})
            yield gone(name, buses.sources.get(name, name), commands, source)
        elif is_there is True:
            yield last_event(name, buses.last_events, now)
    yield from not_seen(ARCHIVE, buses.archives)
    gone_archives = {f"{name}Archive" for name, is_there in buses.are_there.items() if is_there is False}
    for path, archive in buses.archives.items():
        if not isinstance(archive, NotSeen) and path not in gone_archives:
            yield from judge_archive(path, archive, commands, source)


def gone(name: str, called: str, commands: Commands, source: str | None) -> Finding:
    return Finding(
        part=PART,
        name=called,
        what=f"{name} was deleted, and its rules with it",
        do=f"{commands.recreating}.",
        commands=commands.recreate(source),
    )


def last_event(name: str, last: Mapping[str, datetime | None] | NotSeen, now: datetime) -> Row:
    if isinstance(last, NotSeen):
        return Row(part=PART, name=name, says="there; last event not seen", facts={"exists": True})
    moment = last.get(name)
    if moment is None:
        says = f"no event in the last {LONGEST_DAYS} days"
        return Row(part=PART, name=name, mark=Mark.NOTE, says=says, facts={"exists": True, "last_event": None})
    seconds = (now - moment).total_seconds()
    ago = age(seconds) if seconds >= MINUTE else "less than a minute"
    says = f"last event {moment:%Y-%m-%d %H:%M} UTC, {ago} ago"
    return Row(part=PART, name=name, says=says, facts={"exists": True, "last_event": moment.isoformat()})


def judge_archive(path: str, archive: Mapping[str, Any] | None, commands: Commands, source: str | None) -> Judgement:
    """AWS counts what is in it once a day: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive-event.html"""
    state = archive["State"] if archive else "DELETED"
    facts = {"state": state}
    says = state
    if archive:
        size, events, days = archive.get("SizeBytes", 0), archive.get("EventCount", 0), archive.get("RetentionDays", 0)
        says = f"{state}, {events:,} events, {size / MEGABYTE:.1f} MB, kept {f'{days} days' if days else 'for ever'}"
        facts |= {"events": events, "bytes": size, "retention_days": days}
    is_well = state in ("ENABLED", "CREATING", "UPDATING")
    yield Row(part=ARCHIVE, name=path, mark=Mark.WELL if is_well else Mark.NEEDS_YOU, says=says, facts=facts)
    if not is_well:
        yield Finding(
            part=ARCHIVE,
            name=path,
            what=f"archive {path} is {state}: nothing could be replayed",
            do=(archive or {}).get("StateReason") or f"{commands.recreating}.",
            commands=commands.recreate(source),
        )
