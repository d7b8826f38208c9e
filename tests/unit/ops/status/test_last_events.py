"""Is the last event found, however long ago, as precisely as CloudWatch keeps it?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ops.status.last_events import last_events

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


class FakeCloudWatch:
    """Newest first, as asked; with a minute in which nothing was matched."""

    def __init__(self, events: dict[str, timedelta]) -> None:
        self.events = events
        self.periods: list[int] = []

    def get_metric_data(self, **asked: Any) -> Any:
        assert asked["ScanBy"] == "TimestampDescending"
        self.periods.append(asked["MetricDataQueries"][0]["MetricStat"]["Period"])
        return {"MetricDataResults": [self.result(query, asked) for query in asked["MetricDataQueries"]]}

    def result(self, query: Any, asked: Any) -> Any:
        dimensions = {each["Name"]: each["Value"] for each in query["MetricStat"]["Metric"]["Dimensions"]}
        assert dimensions.pop("RuleName") == "Everything"
        moments = [NOW, NOW - self.events.get(dimensions["EventBusName"], timedelta(days=1_000))]
        seen = [moment for moment in moments if asked["StartTime"] <= moment < asked["EndTime"]]
        return {"Id": query["Id"], "Timestamps": seen, "Values": [0.0 if moment == NOW else 3.0 for moment in seen]}


@pytest.mark.parametrize(
    ("ago", "periods"),
    [
        (timedelta(minutes=2), [60]),
        (timedelta(hours=4), [60, 300]),
        (timedelta(days=40), [60, 300, 3_600]),
    ],
)
def test_the_windows_widen_until_the_event_is_in_one(ago: timedelta, periods: list[int]) -> None:
    client: Any = FakeCloudWatch({"bus": ago})
    assert last_events(client, {"PartnerBus": "bus"}, NOW) == {"PartnerBus": NOW - ago}
    assert client.periods == periods


def test_each_bus_has_its_own_and_one_may_have_none() -> None:
    client: Any = FakeCloudWatch({"a": timedelta(minutes=1), "b": timedelta(days=2)})
    found = last_events(client, {"A": "a", "B": "b", "C": "c"}, NOW)
    assert found == {"A": NOW - timedelta(minutes=1), "B": NOW - timedelta(days=2), "C": None}


def test_without_a_bus_nothing_is_asked() -> None:
    client: Any = FakeCloudWatch({})
    assert (last_events(client, {}, NOW), client.periods) == ({}, [])
