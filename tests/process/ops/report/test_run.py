"""Is the right window read, and progress told?"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ops.report.run import TOLD_EACH, told, version_of, window_before
from ops.window import Window

DAY = Window(start=datetime(2026, 11, 24, tzinfo=UTC), end=datetime(2026, 11, 25, tzinfo=UTC))


def test_the_window_before_is_as_long_and_ends_where_the_window_begins() -> None:
    assert (window_before(DAY).end, window_before(DAY).start) == (DAY.start, DAY.start - timedelta(days=1))


def test_progress_is_told_now_and_then_and_no_event_is_lost() -> None:
    done: list[int] = []
    events: Any = range(2 * TOLD_EACH + 1)
    assert len(list(told(events, done.append))) == 2 * TOLD_EACH + 1
    assert done == [TOLD_EACH, TOLD_EACH]


def test_the_version_is_a_commit_or_unknown(tmp_path: Path) -> None:
    assert version_of(tmp_path) == "version unknown"
    assert version_of(Path(__file__).parents[4]) != ""
