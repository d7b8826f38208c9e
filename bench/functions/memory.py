"""How long do a start and an event take, and what do they cost, by memory size?"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.functions.cpu_share import ONE_CPU, can_be_limited, limited, share_of
from bench.functions.life import live
from bench.functions.services import LATENCY, serve
from bench.functions.subjects import Subject, asset_of, subjects, variables
from bench.page import Table

SIZES = (128, 256, 512, 1024, ONE_CPU)  # MB
WARM = 6  # events after the first


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Seconds of a start, of the first event and of a warm one, with `memory` MB."""

    memory: int
    init: float
    first: float
    warm: float

    @property
    def cold_gigabyte_seconds(self) -> float:
        """Lambda bills the start too: https://aws.amazon.com/lambda/pricing/."""
        return (self.init + self.first) * self.memory / 1024

    @property
    def warm_gigabyte_seconds(self) -> float:
        return self.warm * self.memory / 1024


def table(*, quick: bool) -> Table:
    called = [subject for subject in subjects() if subject.event is not None]
    sizes, rounds = ((ONE_CPU,), 1) if quick else (SIZES, 2)
    services = serve()
    address = f"127.0.0.1:{services.server_port}"
    try:
        costs = [(each, cost(each, size, address, rounds=rounds)) for each in called for size in sizes]
    finally:
        services.shutdown()
        services.server_close()
    return Table(
        "Memory size",
        ("function, MB", "start ms", "first event ms", "warm event ms", "GB-s, cold", "GB-s for 1,000 warm"),
        [row(subject, each) for subject, each in costs],
        notes(),
    )


def cost(subject: Subject, memory: int, services: str, *, rounds: int) -> Cost:
    """The median of `rounds`. Under the share of a CPU that `memory` has, or computed from a whole one."""
    asset, given = asset_of(subject.name), [subject.event] * (WARM + 1)
    with limited(memory) as before:
        lives = [
            live(asset, subject.handler, events=given, environment=variables(subject, services), before=before)
            for _ in range(rounds)
        ]
    slower = 1.0 if before else 1 / share_of(memory)
    return Cost(
        memory=memory,
        init=slower * median(life.init for life in lives),
        first=slower * median(life.events[0] for life in lives),
        warm=slower * median(median(life.events[1:]) for life in lives),
    )


def row(subject: Subject, cost: Cost) -> Sequence[str]:
    seconds = (f"{each * 1000:.0f}" for each in (cost.init, cost.first, cost.warm))
    gigabyte_seconds = (f"{cost.cold_gigabyte_seconds:.2f}", f"{cost.warm_gigabyte_seconds * 1000:.1f}")
    return (f"{subject.name}, {cost.memory:,}", *seconds, *gigabyte_seconds)


def notes() -> tuple[str, ...]:
    how = (
        "Measured under a cgroup's quota of that share of a CPU"
        if can_be_limited()
        else "Computed: no cgroup can be made here, so that these are a whole CPU's times, divided by the share"
    )
    return (
        f"{how}, which Lambda gives by memory size (one CPU at {ONE_CPU:,} MB).",
        f"Events: 100 to send, one alert, a batch of 100 records. A call takes {LATENCY * 1000:.0f} ms, without TLS.",
        "Not in it: how fast AWS's own CPUs are, and whether a start there has more than its share.",
    )
