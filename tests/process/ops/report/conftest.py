"""One Chromium for all tests of the page, and the page of the tests' own day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.report.delivery import Delivery
from ops.report.page import render
from ops.report.report import Report
from tests.process.ops.report.chromium import NAMES, PROGRAM, Chromium, browser
from tests.process.ops.report.tab import Tab
from tests.unit.ops.report.day import counts_of, day, report_of


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    if PROGRAM is None:
        pytest.skip(f"no Chromium on this machine: {', '.join(NAMES)}")
    with browser(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture(scope="session")
def report() -> Report:
    return day()


@pytest.fixture
def empty() -> Report:
    """Of a window without events."""
    return report_of(counts_of(), delivery=Delivery(rules=(), queues=(), period=60))


@pytest.fixture(scope="session")
def page(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render(report), "utf-8")
    return path


@pytest.fixture(scope="session")
def tab(chromium: Chromium, page: Path) -> Tab:
    return Tab(chromium, page)
