"""Do the charts show what was counted, and say what they leave out?"""

from datetime import datetime

from lambda_src.auth0_events.envelope import Auth0Log
from ops.event_log import Seen
from ops.report.charts import MOST_BARS, MOST_LAYERS, bars, tones
from ops.report.content import charts
from ops.report.counts import UNKNOWN
from ops.report.tally import Ranking
from tests.unit.ops.report.day import counts_of, seen

NOON = datetime.fromisoformat("2026-11-24T12:00:00+00:00")


def one(code: str, date: str = "2026-11-24T11:59:50Z") -> Seen:
    return seen(Auth0Log(log_id="1", type=code, data={"type": code, "date": date}), NOON)


def test_logins_keep_their_colours_wherever_they_rank() -> None:
    totals = {f"category {number}": 100 - number for number in range(MOST_LAYERS - 2)} | {"auth.login.fail": 1}
    chosen, rest = tones({**totals, "auth.login.success": 1}, {"auth.login.fail": "bad", "auth.login.success": "c1"})
    assert (chosen["auth.login.fail"], chosen["auth.login.success"], rest) == ("bad", "c1", frozenset())
    assert len(set(chosen.values())) == len(chosen)


def test_bars_say_how_much_they_leave_out() -> None:
    items = tuple((f"name {number}", 2) for number in range(MOST_BARS + 2))
    assert bars("id", "t", Ranking(items=items), headings=("a", "b")).note == "4 more of 2 others."
    assert bars("id", "t", Ranking(items=items[:-1]), headings=("a", "b")).note == "2 more of 1 other."
    more = bars("id", "t", Ranking(items=items, others=7), headings=("a", "b"))
    assert more.note == "11 more, of more names than were kept apart."
    assert bars("id", "t", Ranking(items=items[:3]), headings=("a", "b")).note == ""


def test_a_type_is_named_as_the_catalogue_has_it_with_its_code() -> None:
    labels = charts(counts_of(one("fp"), one("brand_new")))["types"].labels
    assert set(labels) == {"Failed Login (Incorrect Password) · fp", f"brand_new · {UNKNOWN}"}


def test_a_step_without_events_has_no_latency_and_no_zero() -> None:
    chart = charts(counts_of(one("s")))["latency"]
    p95 = chart.series[0].values
    assert (p95[24], p95[23], len(chart.table)) == (10.4, None, 1)


def test_the_histogram_begins_and_ends_where_there_are_events() -> None:
    chart = charts(counts_of(one("s"), one("s", date="2026-11-24T11:59:58Z"), one("s", date="2027-01-01")))
    assert chart["latency-spread"].labels[0] == "below 0"
    assert chart["latency-spread"].labels[-1] == "10 to 12 s"
    assert [value for value in chart["latency-spread"].series[0].values if value] == [1, 1, 1]


def test_without_events_every_chart_is_empty() -> None:
    assert all(chart.is_empty for chart in charts(counts_of(with_people=True)).values())


def test_people_have_charts_only_if_asked_for() -> None:
    assert charts(counts_of(with_people=True)).keys() - charts(counts_of()).keys() == {"users", "addresses"}
