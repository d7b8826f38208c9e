"""How many events would a replay bring to each rule, as far as the event log knows?"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from ops.event_log import Seen
from ops.replay.buses import ArchivedBus
from ops.replay.rules import Rule, log_types
from ops.window import Window

# An event of the window's end is in the log some time later, whatever time CloudWatch gives to its line.
LATER = timedelta(minutes=5)


def count(
    read: Callable[[Window], Iterable[Seen]],
    window: Window,
    bus: ArchivedBus,
    rules: Sequence[Rule],
    progress: Callable[[int], object],
) -> dict[str, int | None]:
    """Events of the window by rule; None for a rule whose pattern is not of the form of our routes'.

    An event counts by its own time, as a replay takes it; a line that an earlier replay brought does not count.
    `progress` is told of each line that is read.
    """
    types: dict[str, int] = Counter()
    for seen in read(Window(start=window.start, end=window.end + LATER)):
        progress(1)
        if is_in(seen, window) and seen.source.startswith(bus.own_prefix) and not seen.is_replayed:
            types[seen.log.type] += 1
    return {rule.name: taken(rule, bus, types) for rule in rules}


def taken(rule: Rule, bus: ArchivedBus, types: dict[str, int]) -> int | None:
    try:
        only = log_types(rule.pattern, bus.source_prefix)
    except ValueError:
        return None
    return sum(number for code, number in types.items() if only is None or code in only)


def is_in(seen: Seen, window: Window) -> bool:
    try:
        return window.start <= datetime.fromisoformat(str(seen.event.get("time"))) < window.end
    except (ValueError, TypeError):  # no time, or one without a zone
        return False
