"""What does `python -m ops replay` do?"""

import functools
import json
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from lambda_src.printable import printable
from ops.aws import OpsError
from ops.environment import Environment
from ops.event_log import read
from ops.options import as_json, on_environment
from ops.progress import bar
from ops.replay import buses, rules, screen
from ops.replay.attend import attend
from ops.replay.count import count
from ops.replay.options import Deed, What, deed_to_do, what_to_replay
from ops.replay.past import cancel_one, replays
from ops.replay.plan import Plan, whole_seconds
from ops.replay.replays import Replay, describe, start

ALL_CAME, DID_NOT, INTERRUPTED = 0, 1, 130
LONGEST = 400  # characters of AWS's reason
INTERVAL = 1.0  # seconds between two looks at a replay
wait = functools.partial(time.sleep, INTERVAL)


@click.command(
    epilog="Exit code: 0 the whole window was replayed (or a dry run, or --detach), 1 the replay failed or was "
    "cancelled, 2 it could not run, 130 interrupted. The first Ctrl-C cancels the replay and waits until AWS has done "
    "so; a second one does not wait."
)
@what_to_replay
@deed_to_do
@as_json
@on_environment
def replay(
    environment: Environment,
    what: What,
    deed: Deed,
    as_json: bool,  # noqa: FBT001 - click passes flags by name
) -> None:
    """Replays a time window's events from the archive of their bus, to the rules that are named and to no other.

    The window is by the events' time on the bus, which is up to 15 seconds after Auth0's. An event keeps its id and
    time, gets a field `replay-name`, and comes in no order within its minute. Without --go it is a dry run.
    """
    tell = functools.partial(say, as_json=as_json)
    if deed.list:
        found = replays(environment, what.bus)
        told = {"replays": [*map(screen.as_json, found)]}
        tell(told, lambda console: screen.show_list(console, str(environment), found))
    elif deed.cancel is not None:
        cancelled = cancel_one(environment, deed.cancel, wait)
        tell(
            {"replay": screen.as_json(cancelled)},
            lambda console: screen.show_end(console, cancelled, environment.commands),
        )
        sys.exit(ALL_CAME if cancelled.state == "CANCELLED" else DID_NOT)
    elif deed.go:
        sys.exit(go(environment, planned(environment, what), what, deed, tell))
    else:
        plan = counted(environment, planned(environment, what))
        now = datetime.now(UTC)
        tell({"dry_run": True} | plan.as_json(now), lambda console: screen.show_plan(console, plan, now))


def planned(environment: Environment, what: What) -> Plan:
    window = whole_seconds(what.window, datetime.now(UTC))
    bus = buses.choose(environment, what.bus)
    chosen = rules.choose(environment, bus.name, what.rules, all_rules=what.all_rules)
    return Plan(environment=str(environment), bus=bus, window=window, rules=chosen)


def counted(environment: Environment, plan: Plan) -> Plan:
    """Without the event log, or the right to read it, it is a plan all the same."""
    lines = functools.partial(read, environment)
    try:
        with bar("lines of the event log", None) as progress:
            return replace(plan, counts=count(lines, plan.window, plan.bus, plan.rules, progress))
    except OpsError as error:
        return replace(plan, uncounted=str(error))
    except (ClientError, BotoCoreError) as error:
        return replace(plan, uncounted=printable(str(error), LONGEST))


def go(environment: Environment, plan: Plan, what: What, deed: Deed, tell: Callable[..., None]) -> int:
    events, now = environment.aws.events, datetime.now(UTC)
    name = f"Auth0Events-{environment.name}-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"  # AWS wants a new one each time
    begin = functools.partial(start, events, name, plan.bus, plan.window, None if what.all_rules else plan.rules)
    for warning in plan.warnings(now):
        note(warning)
    with said_how_to_look(environment, name):
        if deed.detach:
            begin()
            replayed, was_interrupted = describe(events, name), False
        else:
            replayed, was_interrupted = attended(environment, name, begin, plan)
    told = {"dry_run": False} | plan.as_json(now) | {"replay": screen.as_json(replayed), "interrupted": was_interrupted}
    tell(told, lambda console: screen.show_end(console, replayed, environment.commands))
    if was_interrupted:
        return INTERRUPTED
    return DID_NOT if replayed.state in ("FAILED", "CANCELLED") else ALL_CAME


def attended(environment: Environment, name: str, begin: Callable[[], None], plan: Plan) -> tuple[Replay, bool]:
    seconds = round((plan.window.end - plan.window.start).total_seconds())
    note(f"replay {name} of {plan.window} to {', '.join(rule.name for rule in plan.rules)}")
    with bar("seconds of the window", seconds) as progress:
        return attend(environment.aws.events, name, begin=begin, wait=wait, progress=progress, tell=note)


@contextmanager
def said_how_to_look(environment: Environment, name: str) -> Iterator[None]:
    """Whoever runs it once more gives it a new name: AWS would replay the window a second time."""
    try:
        yield
    except (KeyboardInterrupt, BotoCoreError, ClientError):
        tells = environment.commands.ops("replay", "--list")
        note(f"if it has started, it goes on: `{tells}` tells, `--cancel {name}` cancels it")
        raise


def say(told: dict[str, Any], show: Callable[[Console], None], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, indent=2))
    else:
        show(Console(highlight=False))


def note(text: str) -> None:
    """Beside the output, which may be read by a program."""
    click.echo(f"ops: {text}", err=True)
