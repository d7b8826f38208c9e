"""What does a chart of the page show, as data for its script and for its table?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ops.report.buckets import Buckets
from ops.report.tally import Ranking

TONES = ("c1", "c2", "c3", "c4", "c5", "c6")  # the page's colours: page.css
REST = "rest"
MOST_LAYERS = len(TONES)
MOST_BARS = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """`values`: one for each label of the chart; None where there is nothing to show."""

    name: str
    tone: str
    values: tuple[float | None, ...]

    @property
    def total(self) -> float:
        return sum(value or 0 for value in self.values)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """`kind`: `columns` stacked over time, `lines` over time, `bars` lying. `unit` follows a number.

    `labels` are for the axis, `rows` the same in full for the table, whose `first` column they are.
    """

    id: str
    kind: str
    title: str
    first: str
    labels: tuple[str, ...]
    rows: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(value is not None and (value or self.kind == "lines") for s in self.series for value in s.values)

    @property
    def table(self) -> list[tuple[str, list[float | None]]]:
        """Rows that have anything at all."""
        rows = zip(self.rows, zip(*(each.values for each in self.series), strict=True), strict=True)
        return [(row, list(values)) for row, values in rows if any(value is not None for value in values)]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "labels": self.labels,
            "rows": self.rows,
            "unit": self.unit,
            "series": [{"name": each.name, "tone": each.tone, "values": each.values} for each in self.series],
        }


def over_time(
    id_: str, title: str, buckets: Buckets, found: Mapping[tuple[int, str], int], names: Mapping[str, str]
) -> Chart:
    """Columns, stacked in the order of `names`, which gives each layer's tone."""
    layers = tuple(
        Series(name=name, tone=tone, values=tuple(found.get((number, name), 0) for number in range(buckets.count)))
        for name, tone in names.items()
    )
    return timed(id_, title, buckets, kind="columns", series=layers)


def timed(id_: str, title: str, buckets: Buckets, *, kind: str, series: tuple[Series, ...], unit: str = "") -> Chart:
    return Chart(
        id=id_,
        title=title,
        kind=kind,
        first="from (UTC)",
        labels=tuple(buckets.labels()),
        rows=tuple(buckets.spans()),
        series=series,
        unit=unit,
    )


def bars(id_: str, title: str, ranking: Ranking, *, headings: tuple[str, str], tone: str = TONES[0]) -> Chart:
    """The first of a ranking; the note says what is left out. `headings`: of names and counts."""
    shown = ranking.items[:MOST_BARS]
    names = tuple(name for name, _ in shown)
    return Chart(
        id=id_,
        title=title,
        kind="bars",
        first=headings[0],
        labels=names,
        rows=names,
        series=(Series(name=headings[1], tone=tone, values=tuple(count for _, count in shown)),),
        note=left_out(ranking),
    )


def left_out(ranking: Ranking) -> str:
    hidden = ranking.items[MOST_BARS:]
    left = sum(count for _, count in hidden) + ranking.others
    if ranking.others:
        return f"{left:,} more, of more names than were kept apart."
    return f"{left:,} more of {len(hidden):,} other{'s' * (len(hidden) > 1)}." if hidden else ""


def tones(totals: Mapping[str, int], fixed: Mapping[str, str]) -> tuple[dict[str, str], frozenset[str]]:
    """A tone for each of the largest, which keep a `fixed` one, in their order; and the names that are the rest."""
    ranked = sorted(totals, key=lambda name: (-totals[name], name))
    largest = ranked if len(ranked) <= MOST_LAYERS else ranked[:MOST_LAYERS]
    free = [tone for tone in TONES if tone not in {fixed.get(name) for name in largest}]
    chosen = {name: fixed[name] if name in fixed else free.pop(0) for name in largest}
    return chosen, frozenset(ranked) - chosen.keys()
