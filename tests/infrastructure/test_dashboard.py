"""What does the dashboard show, in which order?"""

import json
from itertools import pairwise
from typing import Any

from stacks.components.question import Question
from tests.infrastructure.assembly import Assembly
from tests.infrastructure.signals import Names


def widgets(assembly: Assembly) -> list[dict[str, Any]]:
    """From the top to the bottom, and from the left to the right."""
    (dashboard,) = assembly.properties("AWS::CloudWatch::Dashboard").values()
    names = Names(assembly)
    parts = [each if isinstance(each, str) else names.of(each) for each in dashboard["DashboardBody"]["Fn::Join"][1]]
    found: list[dict[str, Any]] = json.loads("".join(parts))["widgets"]
    return sorted(found, key=lambda widget: (widget["y"], widget["x"]))


def headings(assembly: Assembly) -> list[str]:
    return [w["properties"]["markdown"].removeprefix("## ") for w in widgets(assembly) if w["type"] == "text"]


def test_the_dashboard_asks_in_the_order_in_which_an_event_travels(assemblies: dict[str, Assembly]) -> None:
    everything = [question.value for question in Question]
    assert headings(assemblies["with an event source"]) == everything
    assert headings(assemblies["simulation only"]) == everything
    assert headings(assemblies["partner bus and event log only"]) == everything[:3]


def test_every_heading_is_followed_by_its_graphs(assembly: Assembly) -> None:
    kinds = [widget["type"] for widget in widgets(assembly)]
    assert kinds[:2] == ["alarm", "text"]
    assert {after for before, after in pairwise(kinds) if before == "text"} == {"metric"}


def test_every_alarm_is_on_the_dashboard_once(assembly: Assembly) -> None:
    shown = [arn for widget in widgets(assembly) if widget["type"] == "alarm" for arn in widget["properties"]["alarms"]]
    names = [name.split("/")[1] for name in assembly.properties("AWS::CloudWatch::Alarm")]
    names += [name.split("/")[1] for name in assembly.properties("AWS::CloudWatch::CompositeAlarm")]
    assert sorted(shown) == sorted(names)


def test_every_row_of_the_dashboard_is_as_wide_as_cloudwatchs_grid(assembly: Assembly) -> None:
    rows: dict[int, int] = {}
    for widget in widgets(assembly):
        assert widget["x"] == rows.get(widget["y"], 0), widget
        rows[widget["y"]] = widget["x"] + widget["width"]
    assert set(rows.values()) == {24}


def test_no_row_overlaps_the_one_before(assembly: Assembly) -> None:
    bottom = 0
    for y in sorted({widget["y"] for widget in widgets(assembly)}):
        assert y == bottom
        bottom = y + max(widget["height"] for widget in widgets(assembly) if widget["y"] == y)


def test_a_rules_graphs_search_under_both_dimensions(assembly: Assembly) -> None:
    searches = [w for w in map(json.dumps, widgets(assembly)) if "MatchedEvents" in w or "FailedInvocations" in w]
    assert searches
    for search in searches:
        assert "EventBusName" in search
        assert "RuleName" in search
