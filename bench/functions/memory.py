"""How long do a start and an event take, and what do they cost, by memory size?"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.functions.cpu_share import ONE_CPU, can_be_limited, limited, share_of
from bench.functions.life import Life, live
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
    sizes, rounds = ((ONE_CPU,), 1) if quick else (SIZES, 2)
    cases = [(each, size) for each in subjects() if each.event is not None for size in sizes]
    services = serve()
    try:
        lives = lives_of(cases, f"127.0.0.1:{services.server_port}", rounds=rounds)
    finally:
        services.shutdown()
        services.server_close()
    return Table(
        "Memory size",
        ("function, MB", "start ms", "first event ms", "warm event ms", "GB-s, cold", "GB-s for 1,000 warm"),
        [row(subject, cost_of(size, each)) for (subject, size), each in zip(cases, lives, strict=True)],
        notes(),
    )


def lives_of(cases: Sequence[tuple[Subject, int]], services: str, *, rounds: int) -> list[list[Life]]:
    """In turns, as in bench.compare: a slow minute of the machine hits one life of many sizes, not all of one's."""
    lives: list[list[Life]] = [[] for _ in cases]
    for number in range(rounds):
        for at in range(len(cases))[:: -1 if number % 2 else 1]:
            lives[at].append(life_with(*cases[at], services))
    return lives


def life_with(subject: Subject, memory: int, services: str) -> Life:
    given, environment = [subject.event] * (WARM + 1), variables(subject, services)
    with limited(memory) as before:
        return live(asset_of(subject.name), subject.handler, events=given, environment=environment, before=before)


def cost_of(memory: int, lives: Sequence[Life]) -> Cost:
    """Their median. Computed where they had a whole CPU instead of the share that `memory` has."""
    slower = 1.0 if can_be_limited() else 1 / share_of(memory)
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
