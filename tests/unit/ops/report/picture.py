"""How is docs/report.png made? `python -m tests.unit.ops.report.picture` (`[FOLDER]`: dark, narrow and printed too)"""

import sys
import tempfile
from pathlib import Path

from ops.report.page import render
from tests.unit.ops.report.chromium import browser
from tests.unit.ops.report.day import day
from tests.unit.ops.report.tab import Tab

PICTURE = Path(__file__).parents[4] / "docs/report.png"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, browser(Path(folder) / "profile") as chromium:
        page = Path(folder) / "report.html"
        page.write_text(render(day()), "utf-8")
        if sys.argv[1:]:
            others = Path(sys.argv[1])
            Tab(chromium, page).picture(others / "light.png")
            Tab(chromium, page, dark=True).picture(others / "dark.png")
            Tab(chromium, page, width=390).picture(others / "phone.png")
            Tab(chromium, page, width=760, media="print").picture(others / "print.png")
        else:
            Tab(chromium, page).picture(PICTURE)


if __name__ == "__main__":
    main()
