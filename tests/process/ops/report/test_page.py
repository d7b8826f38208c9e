"""Does the page say in words what there is, and may it only run what it has?"""

import re
from datetime import datetime
from pathlib import Path

from lambda_src.auth0_events.envelope import Auth0Log
from ops.report.page import ECHARTS, echarts, policy, render, source
from ops.report.report import Report
from tests.process.ops.report.chromium import Chromium
from tests.process.ops.report.tab import Tab
from tests.unit.ops.report.day import counts_of, report_of, seen

NOON = datetime.fromisoformat("2026-11-24T12:00:00+00:00")


def test_a_window_without_events_is_said_in_words(chromium: Chromium, tmp_path: Path, empty: Report) -> None:
    tab = Tab.of(chromium, tmp_path, render(empty))
    assert tab.troubles() == []
    assert "No event came in this window." in tab.value("document.body.innerText")
    assert tab.value("document.querySelectorAll('.chart').length") == 0


def test_a_quiet_window_says_what_did_not_happen(chromium: Chromium, tmp_path: Path) -> None:
    log = Auth0Log(log_id="1", type="sapi", data={"type": "sapi"})
    tab = Tab.of(chromium, tmp_path, render(report_of(counts_of(seen(log, NOON)))))
    said = tab.value("document.body.innerText")
    for sentence in ("Nobody logged in", "No login failed.", "Auth0 reported no attack.", "No event has a date"):
        assert sentence in said
    assert tab.troubles() == []


def test_scripts_and_style_can_stand_inline() -> None:
    for text in (echarts(), source("page.js"), source("page.css")):
        assert not re.search(r"</(script|style)|<!--|<script", text, re.IGNORECASE)


def test_the_policy_names_each_script_and_nothing_that_it_could_load() -> None:
    said = policy(["a", "b"], "c")
    assert said.startswith("default-src 'none'; script-src 'sha256-")
    assert said.count("'sha256-") == 3
    assert "unsafe" not in said
    assert "http" not in said


def test_the_charts_are_the_smallest_build_that_draws_svg() -> None:
    builds = [build for build in ECHARTS.parent.glob("echarts*.min.js") if 'registerPainter("svg"' in build.read_text()]
    assert min(builds, key=lambda build: build.stat().st_size) == ECHARTS
