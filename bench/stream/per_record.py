"""What does a record cost, by how many come together?"""

import json
from collections import defaultdict
from functools import partial
from statistics import median

from bench.compare import CONTROL, SAME, Figure, Way, compare, is_seen
from bench.functions.interpreter import described
from bench.functions.subjects import all_events
from bench.page import Table
from bench.stream.reader import MEASURED, TWICE, Taken, taken

DEPLOYED = 500  # records in a batch at most: stacks/components/route_to_stream.py
SIZES = (DEPLOYED, 1, 10, 100, 1_000)


def table(services: str, *, quick: bool) -> Table:
    notes: dict[str, list[Taken]] = defaultdict(list)
    ways = [way(notes, size, services) for size in ((DEPLOYED, 10) if quick else SIZES)]
    ways.append(way(notes, DEPLOYED, services, TWICE))
    figures = compare(ways, 1 if quick else 7)
    return Table(
        "CPU time of a record, by the size of its batch",
        ("records in a batch", f"by a batch of {DEPLOYED}", "µs a record", "ms a batch"),
        [row(figure, notes[ways[0].name if figure.name == SAME else figure.name]) for figure in figures],
        (
            f"On Python {described()[0]} and a whole CPU. A record has {average_bytes():,.0f} bytes on average.",
            is_seen(figures),
        ),
    )


def way(notes: dict[str, list[Taken]], size: int, services: str, source: str = MEASURED) -> Way:
    name = f"{size:,}" if source == MEASURED else f"{CONTROL}{size:,}, read and looked up twice"

    def once(measure: partial[Taken]) -> float:
        notes[name].append(measure())
        return notes[name][-1].cpu_per_record

    return Way(name, partial(once, partial(taken, size, services, source=source)))


def row(figure: Figure, notes: list[Taken]) -> tuple[str, ...]:
    batch = median(each.batch for each in notes)
    return (figure.name, figure.spread, f"{figure.seconds * 1e6:,.0f}", f"{batch * 1000:,.1f}")


def average_bytes() -> float:
    events = all_events(1_000)
    return sum(len(json.dumps(event).encode()) for event in events) / len(events)
