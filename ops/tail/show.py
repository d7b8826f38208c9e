"""Until when is shown what, and what is said when there is nothing to show?"""

from collections.abc import Callable, Iterable

from ops.event_log import Seen
from ops.tail.wanted import Wanted

QUIET = 5.0  # seconds without an event, until it is said once


def show_wanted(
    found: Iterable[Seen | None],
    only: Wanted,
    *,
    limit: int | None,
    show: Callable[[Seen], object],
    tell: Callable[[str], object],
    clock: Callable[[], float],
) -> None:
    """Shows what is wanted, at most `limit`. None in `found`: nothing came now.

    `tell` is told once that there is nothing, after QUIET seconds or at the end.
    """
    shown, started, is_told = 0, clock(), False
    for seen in found:
        if seen and seen in only:
            show(seen)
            shown += 1
            if shown == limit:
                return
        elif not shown and not is_told and clock() > started + QUIET:
            tell("so far; waiting, Ctrl-C ends it")
            is_told = True
    if not shown and not is_told:
        tell("")
