"""Does a larger send need more memory?

Each in a process of its own, which says its own peak: `python -m bench.sender.memory COUNT [PORT]`. Through boto3 to
the stub; and a million to a bus within the process, which takes a fraction of the time.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

from bench.page import Table
from bench.peak_memory import peak_memory
from bench.sender.clients import generated
from bench.sender.process import ROOT, Stub, stub
from bench.sender.sending import CLOCK, MOST_SECONDS, forget, send
from bench.sender.stub import Behaviour
from lambda_src.sender.core import Delivery
from lambda_src.sender.entries import Entry
from lambda_src.sender.outcomes import Refusal

COUNTS = (10_000, 100_000, 1_000_000)
KEEPING = "keeping"


def tables(*, quick: bool) -> list[Table]:
    counts = (1_000, 5_000) if quick else COUNTS
    with stub(Behaviour()) as served:
        rows = [("through boto3 to the stub", *(shown(peak(count, served.port)) for count in counts[:2]), "")]
    rows.append(("to a bus in the process", *(shown(peak(count)) for count in counts)))
    rows.append(("control: the same, all made first", *(shown(peak(count, KEEPING)) for count in counts[:2]), ""))
    width = len(counts) + 1
    return [
        Table(
            title="Peak memory of a send, MB",
            columns=("generated events", *(f"{count:,}" for count in counts)),
            rows=[row[:width] for row in rows],
            notes=("The largest resident set of a process that does nothing else, by Linux's /proc.",),
        )
    ]


def shown(peak_bytes: int) -> str:
    return f"{peak_bytes / 1e6:.1f}" if peak_bytes else "not known"


def peak(count: int, *how: object) -> int:
    command = [sys.executable, "-m", "bench.sender.memory", str(count), *map(str, how)]
    return int(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def taken(entries: Sequence[Entry]) -> list[Refusal | None]:
    return [None] * len(entries)


def send_within(count: int, *, keeping: bool) -> None:
    entries = iter(list(generated(count))) if keeping else generated(count)
    delivery = Delivery(
        put_events=taken,
        give_up=forget,
        clock=CLOCK,
        deadline=CLOCK.now() + MOST_SECONDS,
        fail_unattempted=True,
        lanes=4,
    )
    delivery.run(entries)


def main(count: str, how: str = "") -> None:
    if how.isdigit():
        send(Stub(int(how)), generated(int(count)))
    else:
        send_within(int(count), keeping=how == KEEPING)
    print(peak_memory(os.getpid()))  # noqa: T201 - this is its answer


if __name__ == "__main__":
    main(*sys.argv[1:])
