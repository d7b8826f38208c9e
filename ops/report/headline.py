"""Which numbers does a reader see first?"""

from dataclasses import dataclass

from ops.report.buckets import length
from ops.report.charts import Chart
from ops.report.counts import FAILURE
from ops.report.report import Report

NONE = "\u2013"
MANY_TIMES = 3  # from here on, a percentage is hard to read


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """`tone`: `good`, `bad`, `attack`, or `plain`; it says nothing that the text does not say too."""

    label: str
    value: str
    detail: str
    tone: str = "plain"


def tiles(report: Report) -> list[Tile]:
    return [events(report), failure_rate(report), attacks(report), undelivered(report), latency(report)]


def events(report: Report) -> Tile:
    counts, before = report.counts, report.before
    detail = change(counts.events, before.events, report) if before else simulated(report)
    return Tile(label="Events", value=f"{counts.events:,}", detail=detail)


def simulated(report: Report) -> str:
    counts = report.counts
    if not counts.events:
        return "none came in the window"
    if counts.simulated == counts.events:
        return "all simulated"
    return f"{counts.simulated:,} of them simulated" if counts.simulated else f"in {window_length(report)}"


def failure_rate(report: Report) -> Tile:
    counts, before = report.counts, report.before
    failed, tries = counts.logins[FAILURE], counts.logins.total()
    detail = f"{failed:,} of {tries:,}" if tries else "nobody tried"
    if before and before.failure_rate is not None:
        detail += f"; before {percent(before.failure_rate)}"
    tone = "bad" if failed else "plain"
    return Tile(label="Logins that failed", value=percent(counts.failure_rate), detail=detail, tone=tone)


def attacks(report: Report) -> Tile:
    found = report.counts.attacks
    detail = f"of {len(found)} type{'s' * (len(found) != 1)}" if found else "none was reported"
    if report.before:
        detail = change(found.total(), report.before.attacks.total(), report)
    return Tile(
        label="Attack events", value=f"{found.total():,}", detail=detail, tone="attack" if found.total() else "plain"
    )


def undelivered(report: Report) -> Tile:
    letters = report.delivery.undelivered
    filled, queues = len(report.delivery.filled), len(report.delivery.queues)
    detail = f"in {filled} of {queues} dead-letter queues" if letters else f"{queues} dead-letter queues are empty"
    return Tile(label="Undelivered now", value=f"{letters:,}", detail=detail, tone="bad" if letters else "good")


def latency(report: Report) -> Tile:
    found = report.counts.latency
    spread = found.whole
    detail = f"p50 {duration(spread.percentile(50))}, to the event log" if len(spread) else found.why_none
    return Tile(label="Latency, p95", value=duration(spread.percentile(95)), detail=detail)


def change(now: int, before: int, report: Report) -> str:
    than = f"the {window_length(report)} before"
    if not before:
        return f"none in {than}"
    if now == before:
        return f"as many as in {than}"
    if now >= MANY_TIMES * before:
        return f"{now / before:,.0f} times as many as in {than}"
    return f"{abs(now / before - 1):.0%} {'more' if now > before else 'fewer'} than in {than}"


def window_length(report: Report) -> str:
    """To the minute, where it is longer than that."""
    seconds = round((report.window.end - report.window.start).total_seconds())
    return length(seconds if seconds < 60 else round(seconds / 60) * 60)


def percent(share: float | None) -> str:
    return NONE if share is None else f"{share:.1%}"


def duration(milliseconds: int | None) -> str:
    if milliseconds is None:
        return NONE
    seconds = milliseconds / 1_000
    if abs(seconds) < 120:
        return f"{milliseconds} ms" if abs(milliseconds) < 1_000 else f"{seconds:.3g} s"
    return f"{seconds / 60:.3g} min" if abs(seconds) < 7_200 else f"{seconds / 3_600:,.1f} h"


def said(chart: Chart) -> str:
    """A chart in one sentence, for whoever does not see it."""
    if chart.is_empty:
        return f"{chart.title}: nothing"
    if chart.kind == "lines":
        return f"{chart.title}: {', '.join(each.name for each in chart.series)}; the table has the values"
    if chart.kind == "bars":
        most = zip(chart.labels[:3], chart.series[0].values[:3], strict=True)
        return f"{chart.title}: {', '.join(f'{name} {value:,}' for name, value in most)}"
    return f"{chart.title}: {', '.join(f'{each.name} {each.total:,}' for each in chart.series)}"
