"""How does the sender's speed grow with entries a call, with lanes and with latency?

As a program: `python -m bench.sender.growth PORT LANES` prints it, for a process that has a share of a CPU alone.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence

from bench.functions.cpu_share import can_be_limited, limited
from bench.page import Table
from bench.sender.clients import generated
from bench.sender.process import ROOT, Stub, stub
from bench.sender.sending import send, timed
from bench.sender.speed import LATENCIES
from bench.sender.stub import Behaviour
from lambda_src.sender.batches import MOST_ENTRIES
from lambda_src.sender.entries import Entry
from lambda_src.sender.lanes import LANES

SIZES = (1, 2, 5, 10)
ALL_LANES = (1, 4, 8, 16, 32, 64, 128)
RUNS = 3
RUN_SECONDS, MOST_EVENTS = 0.6, 4_000
SOON = 0.003  # seconds that a call takes at least


def tables(*, quick: bool) -> list[Table]:
    from stacks.components.event_function import MEMORY  # imports aws-cdk, which the program has no need of

    latencies, lanes, runs = (LATENCIES[1:3], (8, 32), 1) if quick else (LATENCIES, ALL_LANES, RUNS)
    entries = list(generated(400 if quick else MOST_EVENTS))
    return [
        table(
            "lanes",
            "a whole CPU",
            lanes,
            latencies,
            lambda served, number: speed(served, entries, runs, lanes=number, size=MOST_ENTRIES),
        ),
        table("lanes", share(MEMORY), lanes, latencies, lambda served, number: speed_with(MEMORY, served, number)),
        table(
            "entries a call",
            "a whole CPU",
            SIZES,
            latencies,
            lambda served, size: speed(served, entries, runs, lanes=LANES, size=size),
        ),
    ]


def share(memory: int) -> str:
    return f"what {memory:,} MB buy of a CPU" if can_be_limited() else "a whole CPU, as no cgroup can be made here"


def table(
    of: str, cpu: str, sizes: Sequence[int], latencies: Sequence[float], measured: Callable[[Stub, int], float]
) -> Table:
    rows = []
    for latency in latencies:
        with stub(Behaviour(latency=latency)) as served:
            rows.append((f"{latency * 1000:.0f} ms", *(f"{measured(served, size):,.0f}" for size in sizes)))
    return Table(
        title=f"Events a second by {of} and latency, with {cpu}",
        columns=(f"a call takes \\ {of}", *map(str, sizes)),
        rows=rows,
        notes=("The sender, with events that were made before; the best of three runs each.",),
    )


def speed_with(memory: int, served: Stub, lanes: int) -> float:
    """Events a second of a process with the share of a CPU that `memory` MB buy."""
    with limited(memory) as before:
        command = [*before, sys.executable, "-m", __name__, str(served.port), str(lanes)]
        return float(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout)


def speed(served: Stub, entries: Sequence[Entry], runs: int, *, lanes: int, size: int) -> float:
    """Events a second, with as many as take about RUN_SECONDS if nothing but the latency counted."""
    latency = max(SOON, timed(lambda: send(served, iter(entries[:size]), lanes=1)))
    count = max(lanes * size * 2, min(len(entries), int(RUN_SECONDS / latency * lanes * size)))
    some = entries[:count]
    return max(len(some) / timed(lambda: send(served, iter(some), lanes=lanes, size=size)) for _ in range(runs))


if __name__ == "__main__":
    port, asked = map(int, sys.argv[1:])
    print(speed(Stub(port), list(generated(MOST_EVENTS)), RUNS, lanes=asked, size=MOST_ENTRIES))  # noqa: T201 - its answer
