"""How does the sender's speed grow with entries a call, with lanes and with latency?"""

from collections.abc import Callable, Sequence

from bench.page import Table
from bench.sender.clients import generated
from bench.sender.process import Stub, stub
from bench.sender.sending import send, timed
from bench.sender.speed import LATENCIES
from bench.sender.stub import Behaviour
from lambda_src.sender.entries import Entry
from lambda_src.sender.lanes import LANES

SIZES = (1, 2, 5, 10)
ALL_LANES = (1, 4, 8, 16, 32, 64, 128)
RUN_SECONDS, MOST_EVENTS = 0.6, 4_000
SOON = 0.003  # seconds that a call takes at least


def tables(*, quick: bool) -> list[Table]:
    latencies, lanes, runs = (LATENCIES[1:3], (8, 32), 1) if quick else (LATENCIES, ALL_LANES, 3)
    entries = list(generated(400 if quick else MOST_EVENTS))
    return [
        table("lanes", lanes, latencies, lambda served, number: speed(served, entries, runs, lanes=number, size=10)),
        table(
            "entries a call",
            SIZES,
            latencies,
            lambda served, size: speed(served, entries, runs, lanes=LANES, size=size),
        ),
    ]


def table(of: str, sizes: Sequence[int], latencies: Sequence[float], measured: Callable[[Stub, int], float]) -> Table:
    rows = []
    for latency in latencies:
        with stub(Behaviour(latency=latency)) as served:
            rows.append((f"{latency * 1000:.0f} ms", *(f"{measured(served, size):,.0f}" for size in sizes)))
    return Table(
        title=f"Events a second by {of} and latency",
        columns=(f"a call takes \\ {of}", *map(str, sizes)),
        rows=rows,
        notes=("The sender, with events that were made before; the best of three runs each.",),
    )


def speed(served: Stub, entries: Sequence[Entry], runs: int, *, lanes: int, size: int) -> float:
    """Events a second, with as many as take about RUN_SECONDS if nothing but the latency counted."""
    latency = max(SOON, timed(lambda: send(served, iter(entries[:size]), lanes=1)))
    count = max(lanes * size * 2, min(len(entries), int(RUN_SECONDS / latency * lanes * size)))
    some = entries[:count]
    return max(len(some) / timed(lambda: send(served, iter(some), lanes=lanes, size=size)) for _ in range(runs))
