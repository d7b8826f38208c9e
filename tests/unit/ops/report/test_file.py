"""Is a page written as a whole, and under a name that says what it is?"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ops.aws import OpsError
from ops.report.file import default_path, write
from ops.window import Window

DAY = Window(start=datetime(2026, 11, 24, tzinfo=UTC), end=datetime(2026, 11, 25, tzinfo=UTC))


def test_a_write_that_fails_leaves_the_old_page_and_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    write(page, "old", is_personal=False)
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OpsError, match="No space left on device"):
        write(page, "new", is_personal=False)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("page.html", "old")]


def test_the_default_name_has_environment_and_window() -> None:
    assert str(default_path("dev", DAY)) == "report-dev-20261124T0000Z-20261125T0000Z.html"
