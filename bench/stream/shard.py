"""How many readers at once does a shard need?"""

from math import ceil
from statistics import median

from bench.functions.cpu_share import can_be_limited, limited, share_of
from bench.functions.services import LATENCY
from bench.page import Table
from bench.stream.reader import Taken, taken

# Of one shard, of records of up to 1 KB: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
WRITTEN, READ = 1_000, 2_000  # records a second: what it takes in, and what it gives out to who has to catch up
MEMORY = (256, 512, 1024)  # MB
SIZES = (100, 500, 1_000)


def table(services: str, *, quick: bool) -> Table:
    memory, sizes, rounds = ((512,), (500,), 1) if quick else (MEMORY, SIZES, 3)
    return Table(
        "One shard's reader",
        ("MB, records in a batch", "ms a batch", "records/s of one", f"for {WRITTEN:,}/s", f"for {READ:,}/s"),
        [row(each, size, seconds_of_a_batch(each, size, services, rounds=rounds)) for each in memory for size in sizes],
        (
            "How many readers at once (the parallelisation factor) keep up with what a shard takes in and gives out.",
            how(),
            f"A call to DynamoDB takes {LATENCY * 1000:.0f} ms. Not in it: what Lambda adds to each batch.",
        ),
    )


def how() -> str:
    if can_be_limited():
        return "Measured under a cgroup's quota of the share of a CPU that the memory size has."
    return "Computed from a whole CPU's time, divided by the share of one that the memory size has."


def seconds_of_a_batch(memory: int, size: int, services: str, *, rounds: int) -> float:
    """The median of `rounds`."""
    with limited(memory) as before:
        lives: list[Taken] = [taken(size, services, before=before) for _ in range(rounds)]
    return median(life.batch for life in lives) / (1.0 if before else share_of(memory))


def row(memory: int, size: int, seconds: float) -> tuple[str, ...]:
    one = size / seconds
    needed = (str(readers(wanted, one)) for wanted in (WRITTEN, READ))
    return (f"{memory:,}, {size:,}", f"{seconds * 1000:,.0f}", f"{one:,.0f}", *needed)


def readers(wanted: float, one: float) -> int:
    return ceil(wanted / one)
