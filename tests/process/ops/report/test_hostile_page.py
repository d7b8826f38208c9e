"""Does the page run nothing that came from outside, and tell nothing that it should not?"""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from lambda_src.auth0_events.envelope import Auth0Log
from ops.report.page import echarts, render
from ops.report.report import Report
from tests.hostile.injection import PAYLOADS
from tests.process.ops.report.chromium import Chromium
from tests.process.ops.report.tab import Tab
from tests.unit.ops.report.day import counts_of, report_of, seen

NOON = datetime.fromisoformat("2026-11-24T12:00:00+00:00")


def hostile() -> Report:
    """Every payload in every place that reaches the page."""
    found = []
    for payload in PAYLOADS.values():
        for code in ("fp", payload):
            names = ("type", "connection", "client_name", "user_name", "ip", "description", "user_agent", "date")
            found.append(
                seen(Auth0Log(log_id=payload, type=code, data={**dict.fromkeys(names, payload), "type": code}), NOON)
            )
    return report_of(counts_of(*found, with_people=True), environment=PAYLOADS["html"], version=PAYLOADS["html"])


def test_what_an_attacker_writes_stays_text(
    chromium: Chromium, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ops.report.charts.MOST_BARS", 100)
    tab = Tab.of(chromium, tmp_path, render(hostile()))
    for chart in ("types", "connections", "users", "addresses"):
        tip = {"type": "showTip", "seriesIndex": 0, "dataIndex": 0}
        for index in range(len(PAYLOADS)):
            place = f"echarts.getInstanceByDom(document.getElementById('{chart}'))"
            tab.value(f"{place}.dispatchAction({tip | {'dataIndex': index}})")
    assert tab.troubles() == []
    assert tab.value("document.querySelectorAll('img, iframe, object, embed, a, form').length") == 0
    assert tab.value("document.querySelectorAll('script').length") == 3
    rows = tab.value("[...document.querySelectorAll('#connections ~ details tbody th')].map(each => each.textContent)")
    assert "<script>fetch('https://203.0.113.9/')</script><img src=x onerror=alert(1)>" in rows
    assert len(rows) >= len(PAYLOADS) - 3  # those that look the same are one
    assert "<img src=x" in tab.value("document.querySelector('#connections svg').textContent")


def test_personal_data_are_left_out_unless_they_are_asked_for(report: Report) -> None:
    text = render(report).replace(echarts(), "")
    assert "@example" not in text
    assert not re.search(r"\b(192\.0\.2|198\.51\.100|203\.0\.113)\.", text)
    asked = render(hostile_person(with_people=True))
    assert all(each in asked for each in ("somebody@example.com", "203.0.113.7", "This page holds personal data"))
    not_asked = render(hostile_person(with_people=False)).replace(echarts(), "")
    assert not any(each in not_asked for each in ("somebody", "203.0.113.7", "SecretAgent", "said to"))


def hostile_person(*, with_people: bool) -> Report:
    data: dict[str, Any] = {"user_name": "somebody@example.com", "ip": "203.0.113.7", "user_agent": "SecretAgent"}
    data |= {"description": "said to somebody@example.com", "type": "fp"}
    log = Auth0Log(log_id="1", type="fp", data=data)
    return report_of(counts_of(seen(log, NOON), with_people=with_people))
