"""Does a real browser draw the page as it is meant?"""

from pathlib import Path
from typing import Any

import pytest

from ops.report.content import charts
from ops.report.page import render
from ops.report.report import Report
from tests.process.ops.report.chromium import Chromium
from tests.process.ops.report.tab import Tab
from tests.unit.ops.report.day import DAY

MOST_EVENTS_OF_A_PIXEL = 500 / 200  # of the highest column: fewer may have no height where columns are stacked
# How often each layer of a chart is drawn: by its colour, which is that of its key in the legend.
DRAWN = """(id => {
  const colours = {};
  for (const path of document.querySelectorAll(`#${id} svg path`)) {
    const colour = path.getAttribute("fill");
    const box = path.getBBox();
    if (colour && colour !== "none" && box.width * box.height > 0) colours[colour] = (colours[colour] || 0) + 1;
  }
  return colours;
})"""
NOT_WIDER = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def test_the_page_loads_nothing_and_says_nothing_on_the_console(tab: Tab) -> None:
    assert tab.troubles() == []


@pytest.mark.parametrize(
    "trouble",
    ["<img src=x.png>", "<script>alert(1)</script>", '<p style="color: red">', "<script src=https://example.com/x.js>"],
)
def test_a_control_page_with_a_trouble_is_found(
    chromium: Chromium, tmp_path: Path, empty: Report, trouble: str
) -> None:
    assert Tab.of(chromium, tmp_path, render(empty).replace("<main>", f"<main>{trouble}")).troubles()


def test_a_control_page_with_an_error_in_its_own_script_is_found(chromium: Chromium, tmp_path: Path) -> None:
    assert Tab.of(chromium, tmp_path, "<!doctype html><script>nothing()</script>").told("Runtime.exceptionThrown")


def test_every_chart_is_drawn_with_each_of_its_bars(tab: Tab, report: Report) -> None:
    found = charts(report.counts)
    assert len(found) == 8
    for chart in found.values():
        drawn: dict[str, int] = tab.value(f"{DRAWN}({chart.id!r})")
        if chart.kind == "lines":
            assert tab.value(f"document.querySelectorAll('#{chart.id} svg path').length") > 2
            continue
        for series in chart.series:
            bars = drawn.get(colour_of(tab, series.tone), 0)
            least = 1 if chart.kind == "bars" else MOST_EVENTS_OF_A_PIXEL
            assert sum((value or 0) >= least for value in series.values) <= bars, (chart.id, series.name)
            assert bars <= sum(bool(value) for value in series.values), (chart.id, series.name)


def colour_of(tab: Tab, tone: str) -> Any:
    return tab.value(f"getComputedStyle(document.documentElement).getPropertyValue('--{tone}').trim()")


def test_bars_have_their_names_and_counts_as_text(tab: Tab, report: Report) -> None:
    said = tab.value("document.querySelector('#types svg').textContent")
    for name in ("Success Login", "1,239", "sertft"):
        assert name in said
    assert report.counts.by_type["s"] == 1_239


def test_headings_tiles_and_tables_tell_the_figures(tab: Tab, report: Report) -> None:
    assert tab.value("document.documentElement.lang") == "en"
    assert tab.value("document.title") == f"Auth0 events, {DAY}"
    assert tab.value("document.querySelectorAll('h1').length") == 1
    tiles = tab.value("[...document.querySelectorAll('.value')].map(each => each.textContent)")
    assert tiles[:4] == [f"{report.counts.events:,}", "46.8%", f"{report.counts.attacks.total()}", "2"]
    assert tab.value("document.querySelectorAll('#categories ~ details tbody tr').length") == 48
    assert tab.value("[...document.querySelectorAll('[role=img]')].every(each => each.ariaLabel.length > 20)")


def test_a_tooltip_tells_each_layer_and_breaks_no_policy(tab: Tab) -> None:
    show = "echarts.getInstanceByDom(document.getElementById('categories')).dispatchAction"
    tab.value(f"{show}({{type: 'showTip', seriesIndex: 0, dataIndex: 28}})")
    said = tab.value("document.querySelector('.tip').innerText")
    assert "2026-11-24 14:00" in said
    assert "auth.login.fail" in said
    assert tab.troubles() == []


@pytest.mark.parametrize(
    ("width", "dark", "media"), [(390, True, "screen"), (320, False, "screen"), (760, True, "print")]
)
def test_dark_narrow_and_printed_it_is_whole(
    chromium: Chromium, page: Path, width: int, *, dark: bool, media: str
) -> None:
    tab = Tab(chromium, page, width=width, dark=dark, media=media)
    assert tab.value(NOT_WIDER)
    paper = tab.value("getComputedStyle(document.querySelector('.card')).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (not dark or media == "print")
    drawn = tab.value("document.querySelector('#types svg text').getAttribute('fill')")
    assert drawn == colour_of(tab, "text")
    assert tab.troubles() == []


def test_the_charts_follow_the_reader_who_goes_dark(chromium: Chromium, page: Path) -> None:
    tab = Tab(chromium, page)
    colour = "document.querySelector('#types svg text').getAttribute('fill')"
    light = tab.value(colour)
    tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    tab.value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert tab.value(colour) != light
