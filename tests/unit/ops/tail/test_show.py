"""When does it end, and when does it say that there is nothing?"""

from collections.abc import Iterable

import pytest

from ops.event_log import Seen
from ops.tail.show import QUIET, show_wanted
from ops.tail.wanted import Wanted
from tests.unit.ops.tail.seen import seen

FP = Wanted(codes=frozenset({"fp"}))
OTHER = seen("other", type="s")


def run(found: Iterable[Seen | None], *, limit: int | None = None, seconds: float = 0) -> tuple[list[str], list[str]]:
    """What is shown and what is told, when each look takes so many seconds."""
    shown: list[str] = []
    told: list[str] = []
    clock = iter(seconds * n for n in range(1_000))
    show_wanted(
        found, FP, limit=limit, show=lambda each: shown.append(each.id), tell=told.append, clock=lambda: next(clock)
    )
    return shown, told


def test_what_is_wanted_is_shown_up_to_the_limit() -> None:
    def found() -> Iterable[Seen | None]:
        yield from (OTHER, seen(1), None, seen(2))
        pytest.fail("it went on after the limit")

    assert run(found(), limit=2) == (["1", "2"], [])


def test_a_long_quiet_is_told_once() -> None:
    assert run([None] * 5, seconds=QUIET + 1) == ([], ["so far; waiting, Ctrl-C ends it"])
    assert run([OTHER] * 5, seconds=QUIET + 1) == ([], ["so far; waiting, Ctrl-C ends it"])


def test_a_quiet_after_an_event_is_usual() -> None:
    assert run([seen(1), *[None] * 5], seconds=QUIET + 1) == (["1"], [])


def test_an_end_without_any_event_is_told() -> None:
    assert run([OTHER, None]) == ([], [""])
