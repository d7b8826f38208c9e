"""What is to be done about events that did not come out?"""

from collections.abc import Iterator, Mapping

from ops.ends import ENDS
from ops.environment import Environment
from ops.ledger import Row
from ops.verify.whereabouts import UNDELIVERED, Whereabouts

SHOWN = 3  # log_ids of a queue


def next_steps(
    row: Row,
    given_up: Mapping[str, str],
    found: Whereabouts | None,
    environment: Environment,
    *,
    is_stopped: bool = False,
) -> Iterator[str]:
    """Lines for a person, safe to show; none for a row that is complete. `is_stopped`: its rule takes nothing."""
    if row.unexpected:
        bus = environment.outputs.get("SimulationBusName", "")
        rules = environment.commands.aws("events", "list-rules", "--event-bus-name", bus)
        yield f"unexpected: a rule takes more than its route in this checkout; `{rules}` shows patterns"
    never_sent = [log_id for log_id in row.missing if log_id in given_up]
    if never_sent:
        reason = given_up[never_sent[0]]
        yield f"{listed(never_sent)}: the sender gave up, {reason}; {redrive(UNDELIVERED, environment)}"
    on_the_way = [log_id for log_id in row.missing if log_id not in given_up]
    if not on_the_way or found is None:
        return
    if is_stopped:
        again = ("--bus", "simulation", "--rule", row.route, "--since", "1h", "--go")
        yield (
            f"{listed(on_the_way)}: rule {row.route} takes nothing, nobody tries; the event is in the bus's archive. "
            f"Once the rule is well again: `{environment.commands.ops('replay', *again)}`"
        )
        return
    yield from kept(on_the_way, found, environment)
    for queue, count in found.newer.items():
        yield f"{queue} has {count} since the start that name no event, perhaps these; {redrive(queue, environment)}"
    for inbox, count in found.waiting.items():
        waits = f"{count} messages wait in {inbox}: no worker has taken them" if count else f"nothing waits in {inbox}"
        yield f"{waits} (docs/operations.md#{inbox.lower()})" if count else waits
    for queue in found.gone:
        yield f"queue {queue} is gone: {environment.way_back}"
    for queue, reason in found.not_seen.items():
        yield f"{queue}: not seen, {reason}"
    nowhere = [log_id for log_id in on_the_way if log_id not in found.kept]
    if nowhere:
        log_group, later = environment.outputs.get(ENDS[row.target].output, ""), environment.commands.ops("redrive")
        yield (
            f"{listed(nowhere)}: {not_in(found)}; AWS may still be trying (a function for minutes, "
            f"a rule's target for 24 hours). Look for it in {log_group}, and at `{later}` later"
        )


def kept(log_ids: list[str], found: Whereabouts, environment: Environment) -> Iterator[str]:
    """Each queue and reason once."""
    about: dict[tuple[str, str], list[str]] = {}
    for log_id in log_ids:
        for place in found.kept.get(log_id, []):
            about.setdefault(place, []).append(log_id)
    for (queue, reason), those in about.items():
        yield f"{listed(those)}: kept in {queue}, {reason}; {redrive(queue, environment)}"


def not_in(found: Whereabouts) -> str:
    seen = [queue for queue in found.queues if queue not in found.not_seen]
    return f"not in {' or '.join(seen)}" if seen else "in no queue that could be seen"


def redrive(queue: str, environment: Environment) -> str:
    command = environment.commands.ops("redrive", queue, "--go")
    return f"put the cause right (docs/operations.md#{queue.lower()}), then `{command}`"


def listed(log_ids: list[str]) -> str:
    return ", ".join(log_ids[:SHOWN]) + f" and {len(log_ids) - SHOWN} more" * (len(log_ids) > SHOWN)
