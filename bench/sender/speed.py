"""How fast is the sender beside the best that one would write with boto3?"""

import time
from collections.abc import Callable, Sequence

from bench.compare import CONTROL, Figure, Way, compare, is_seen
from bench.page import Table
from bench.sender.clients import generated, plain_client, raw_request, send_plainly, send_raw
from bench.sender.process import Stub, stub
from bench.sender.sending import send, timed
from bench.sender.stub import Behaviour
from lambda_src.sender.entries import Entry
from lambda_src.sender.lanes import LANES

LATENCIES = (0.0, 0.005, 0.015, 0.05)
PLAIN_THREADS = (1, 8, 16, 32, 64, 128)
THOUSAND = 1_000


def tables(*, quick: bool) -> list[Table]:
    if quick:
        return [table_of(0.015, events=500, rounds=1, threads=(16, 32))]
    return [table_of(latency, events=3_000, rounds=4, threads=PLAIN_THREADS) for latency in LATENCIES]


def table_of(latency: float, *, events: int, rounds: int, threads: Sequence[int]) -> Table:
    entries = list(generated(events))
    with stub(Behaviour(latency=latency)) as served:
        best = best_threads(served, entries, threads)
        figures = compare(ways(served, entries, best), rounds)
        used = cpu_seconds(lambda: send(served, generated(events))) / events * THOUSAND
    title = f"The sender beside boto3, a call takes {latency * 1000:.0f} ms"
    return Table(
        title=title,
        columns=("client", "events a second", "time beside the first (least to most)"),
        rows=[(each.name, f"{events / each.seconds:,.0f}", each.spread) for each in figures],
        notes=(
            f"{events:,} events of 800 bytes a run, {rounds} runs in turns.",
            f"The first has as many threads as were best here, of {', '.join(map(str, threads))}. {share(figures)}",
            f"The sender uses {used:.3f} s of CPU for 1,000 events, with making them. {is_seen(figures)}",
        ),
    )


def best_threads(served: Stub, entries: Sequence[Entry], threads: Sequence[int]) -> int:
    """With the fewest seconds in the better of two runs."""

    def seconds(number: int) -> float:
        some = entries[: max(100, min(len(entries), 100 * number))]
        return min(timed(lambda: plainly(served, some, threads=number)) / len(some) for _ in range(2))

    return min(threads, key=seconds)


def ways(served: Stub, entries: Sequence[Entry], best: int) -> list[Way]:
    count = len(entries)
    few = entries[: count // 20]  # one at a time is slow
    request = raw_request(entries[:10])
    return [
        way(f"boto3, 10 entries a call, threads: {best}", lambda: plainly(served, entries, threads=best)),
        way("the same, which also makes the events", lambda: making(served, count, threads=best)),
        way("boto3, 10 entries a call", lambda: plainly(served, few, threads=1), times=20),
        way("boto3, 1 entry a call", lambda: plainly(served, few[: len(few) // 5], threads=1, size=1), times=100),
        way(f"the sender, {LANES} lanes", lambda: send(served, iter(entries))),
        way("the sender, which also makes the events", lambda: send(served, generated(count))),
        way(
            "the stub alone: bytes that were made before",
            lambda: send_raw(served, request, requests=count // 10, connections=LANES),
        ),
        way(
            f"{CONTROL}the sender, which makes each event three times",
            lambda: send(
                served, (three[0] for three in zip(generated(count), generated(count), generated(count), strict=True))
            ),
        ),
    ]


def way(name: str, work: Callable[[], object], *, times: int = 1) -> Way:
    """`times`: it does so small a part of the work, and is counted so often."""
    return Way(name, lambda: timed(work) * times)


def plainly(served: Stub, entries: Sequence[Entry], *, threads: int, size: int = 10) -> None:
    send_plainly(plain_client(served, threads), entries, size=size, threads=threads)


def making(served: Stub, count: int, *, threads: int) -> None:
    send_plainly(plain_client(served, threads), generated(count), size=10, threads=threads)


def share(figures: Sequence[Figure]) -> str:
    def of(start: str) -> Figure:
        return next(each for each in figures if each.name.startswith(start))

    sender, making_too = of("the sender, "), of("the sender, which")
    plain = of("the same")
    return (
        f"The sender reaches {1 / sender.ratio:.2f} of the first's events a second; making the events too, "
        f"{plain.ratio / making_too.ratio:.2f} of what the first reaches if it makes them as well, and "
        f"{1 / making_too.ratio:.2f} of what it reaches if it makes none."
    )


def cpu_seconds(work: Callable[[], object]) -> float:
    """Of this process: the stub has one of its own."""
    began = time.process_time()
    work()
    return time.process_time() - began
