"""Which charts has the page, and what do they show?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from lambda_src.auth0_events.log_types import LOG_TYPES
from ops.report.buckets import length
from ops.report.charts import REST, Chart, Series, bars, over_time, timed, tones
from ops.report.counts import FAILURE, SUCCESS, UNKNOWN, Counts
from ops.report.spread import Spread
from ops.report.tally import Ranking, ranked

GOOD, BAD, ATTACK = "c1", "bad", "attack"
FIXED = {"auth.login.success": GOOD, "auth.login.fail": BAD}
THE_REST = "all others"
# Where each step of the latency begins, in milliseconds.
LATENCY_STEPS = {
    0: "0 to 0.5 s",
    500: "0.5 to 1 s",
    1_000: "1 to 2 s",
    2_000: "2 to 5 s",
    5_000: "5 to 10 s",
    10_000: "10 to 12 s",
    12_000: "12 to 15 s",
    15_000: "15 to 20 s",
    20_000: "20 to 30 s",
    30_000: "30 to 60 s",
    60_000: "1 to 5 min",
    300_000: "5 to 60 min",
    3_600_000: "over 1 h",
}


def charts(counts: Counts) -> dict[str, Chart]:
    """By id, in the page's order."""
    people = [failed_by_user(counts), failed_by_address(counts)] if counts.with_people else []
    found = (
        by_category(counts),
        top_types(counts),
        logins(counts),
        failed_by_connection(counts),
        *people,
        attacks(counts),
        attacks_by_type(counts),
        latency_over_time(counts),
        latency_spread(counts.latency.whole),
    )
    return {chart.id: chart for chart in found}


def by_category(counts: Counts) -> Chart:
    chosen, rest = tones(counts.categories, FIXED)
    found: Counter[tuple[int, str]] = Counter()
    for (number, name), count in counts.categories_over_time.items():
        found[number, THE_REST if name in rest else name] += count
    names = chosen | ({THE_REST: REST} if rest else {})
    chart = over_time("categories", "Events over time, by category", counts.buckets, found, names)
    step = length(counts.buckets.size)
    return replace(chart, note=f"In steps of {step}; the first and the last may be cut by the window.")


def top_types(counts: Counts) -> Chart:
    ranking = counts.by_type.ranking()
    named = Ranking(items=tuple((named_type(code), count) for code, count in ranking.items), others=ranking.others)
    return bars("types", "Most frequent log types", named, headings=("log type", "events"))


def named_type(code: str) -> str:
    return f"{LOG_TYPES[code].name} · {code}" if code in LOG_TYPES else f"{code} · {UNKNOWN}"


def logins(counts: Counts) -> Chart:
    names = {FAILURE: BAD, SUCCESS: GOOD}
    return over_time("logins", "Logins over time", counts.buckets, counts.logins_over_time, names)


def failed_by_connection(counts: Counts) -> Chart:
    return bars(
        "connections",
        "Failed logins by connection",
        counts.failed_by_connection.ranking(),
        headings=("connection", "failed logins"),
        tone=BAD,
    )


def failed_by_user(counts: Counts) -> Chart:
    ranking = counts.failed_by_user.ranking()
    return bars("users", "Failed logins by user", ranking, headings=("user", "failed logins"), tone=BAD)


def failed_by_address(counts: Counts) -> Chart:
    ranking = counts.failed_by_address.ranking()
    return bars("addresses", "Failed logins by address", ranking, headings=("IP address", "failed logins"), tone=BAD)


def attacks(counts: Counts) -> Chart:
    found = Counter({(number, "attack events"): 0 for number in range(counts.buckets.count)})
    for (number, _), count in counts.attacks_over_time.items():
        found[number, "attack events"] += count
    return over_time("attacks", "Attack events over time", counts.buckets, found, {"attack events": ATTACK})


def attacks_by_type(counts: Counts) -> Chart:
    named: Mapping[str, int] = {named_type(code): count for code, count in counts.attacks.items()}
    return bars("attack-types", "Attack events by type", ranked(named), headings=("log type", "events"), tone=ATTACK)


def latency_over_time(counts: Counts) -> Chart:
    def values(percent: int) -> tuple[float | None, ...]:
        found = (spread.percentile(percent) for spread in counts.latency.over_time)
        return tuple(None if each is None else each / 1_000 for each in found)

    series = (Series(name="p95", tone="c4", values=values(95)), Series(name="p50", tone=GOOD, values=values(50)))
    return timed("latency", "Latency over time", counts.buckets, kind="lines", series=series, unit=" s")


def latency_spread(spread: Spread) -> Chart:
    """Without the steps before the first and after the last that have any."""
    found = spread.histogram(tuple(LATENCY_STEPS))
    names = ("below 0", *LATENCY_STEPS.values())
    filled = [number for number, count in enumerate(found) if count]
    shown = slice(filled[0], filled[-1] + 1) if filled else slice(0, 0)
    labels, values = names[shown], tuple(found[shown])
    return Chart(
        id="latency-spread",
        kind="columns",
        title="How long the events took",
        first="from Auth0 to the event log",
        labels=labels,
        rows=labels,
        series=(Series(name="events", tone=GOOD, values=values),),
    )
