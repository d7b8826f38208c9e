"""Do the charts show what was counted, and say what they leave out?"""

from ops.report.charts import MOST_LAYERS
from ops.report.content import THE_REST, charts
from tests.unit.ops.report.day import day


def test_every_layer_of_a_chart_has_its_own_colour_and_nothing_is_lost() -> None:
    report = day()
    chart = charts(report.counts)["categories"]
    assert len({series.tone for series in chart.series}) == len(chart.series) == MOST_LAYERS + 1
    assert sum(series.total for series in chart.series) == report.counts.events
    assert chart.series[-1].name == THE_REST
