"""Is each hop measured from where to where it says?"""

import pytest

from ops.ends import Sighting
from ops.verify.clock import offset
from ops.verify.latency import Latency, Quantiles, latencies, of_some
from stacks.route import Target


def seen(log_id: str, at: float, written: float) -> Sighting:
    return Sighting(log_id=log_id, at_ms=round(at * 1_000), written_ms=round(written * 1_000))


def test_hops_are_measured_between_their_ends() -> None:
    sightings = {
        Target.EVENT_LOG: [seen("a", 99.0, 101.5)],
        Target.TASK: [seen("a", 140.0, 143.0), seen("a", 150.0, 151.0), seen("b", 110.0, 110.5)],
        Target.ALERT: [],
    }
    assert list(latencies(sightings, sent_ms=100_000)) == [
        # its line's own time may be the event's: only when CloudWatch took it counts
        Latency(
            target=Target.EVENT_LOG,
            events=1,
            after_event_log=None,
            in_all=Quantiles(p50=1.5, p95=1.5),
            readable_after=None,
        ),
        Latency(
            target=Target.TASK,
            events=2,
            after_event_log=Quantiles(p50=38.5, p95=38.5),
            in_all=Quantiles(p50=10.0, p95=40.0),
            readable_after=Quantiles(p50=0.5, p95=3.0),
        ),
    ]


def test_without_the_event_log_the_other_hops_remain() -> None:
    (latency,) = latencies({Target.STREAM: [seen("a", 100.2, 100.4)]}, sent_ms=100_000)
    assert (latency.after_event_log, latency.in_all) == (None, Quantiles(p50=0.2, p95=0.2))


@pytest.mark.parametrize(("count", "p50", "p95"), [(1, 1, 1), (2, 1, 2), (19, 10, 19), (20, 10, 19), (100, 50, 95)])
def test_quantiles_are_figures_that_were_measured(count: int, p50: float, p95: float) -> None:
    milliseconds = [second * 1_000 for second in range(count, 0, -1)]
    assert of_some(milliseconds) == Quantiles(p50=p50, p95=p95)


@pytest.mark.parametrize(("ahead", "corrected"), [(0.0, 0.0), (1.4, 0.0), (-1.4, 0.0), (30.0, 30.0), (-30.0, -30.0)])
def test_a_clock_is_corrected_only_if_it_is_off_by_more_than_can_be_told(ahead: float, corrected: float) -> None:
    found = offset(aws_second_end=1_000.5 + ahead, asked=999.9, answered=1_000.1)
    assert found.seconds == pytest.approx(corrected)
    assert found.aws_ms(1_000.0) == round((1_000.0 + corrected) * 1_000)
