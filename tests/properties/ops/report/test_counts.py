"""Are the events of a window counted as what they are?"""

import tracemalloc
from collections.abc import Iterator

from ops.event_log import Seen
from ops.report.buckets import buckets_of
from ops.report.counts import Counts
from tests.unit.ops.report.day import DAY
from tests.unit.ops.report.test_counts import one


def test_memory_does_not_grow_with_the_number_of_events() -> None:
    def hostile(number: int) -> Iterator[Seen]:
        for each in range(number):
            yield one("fp", connection=f"{each % 500}" + "A" * 500, delay_ms=each)

    def peak(number: int) -> int:
        counts = Counts(buckets_of(DAY))
        tracemalloc.start()
        for event in hostile(number):
            counts.add(event)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert peak(6_000) < peak(2_000) * 1.5 + 100_000
