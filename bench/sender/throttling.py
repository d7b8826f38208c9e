"""What does a busy bus cost: time, or attempts?"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from botocore.config import Config
from botocore.exceptions import ClientError

from bench.page import Table
from bench.sender.clients import batched, client_of, generated, request_entry
from bench.sender.process import Stub, stub
from bench.sender.sending import NoPace, send, timed
from bench.sender.stub import Behaviour
from lambda_src.sender.core import MOST_ATTEMPTS
from lambda_src.sender.entries import Entry
from lambda_src.sender.lanes import LANES

LATENCY = 0.015
# Requests a second that the bus admits, and events to send.
CASES = ((20.0, 1_000), (100.0, 5_000), (300.0, 6_000))


def tables(*, quick: bool) -> list[Table]:
    rows: list[tuple[str, ...]] = []
    for admits, count in CASES[2:] if quick else CASES:
        entries = list(generated(1_000 if quick else count))
        for name, client in CLIENTS.items():
            rows.append((f"{admits:,.0f} a second: {name}", *measured(admits, entries, client)))
    return [
        Table(
            title="A bus that admits so many requests a second",
            columns=("client", "events", "attempts an event", "not sent", "seconds", "at best"),
            rows=rows,
            notes=(
                f"Each client has {LANES} requests at once, and {MOST_ATTEMPTS} attempts for each event.",
                "At best: what the bus admits. What the sender does not send, it keeps in the undelivered queue.",
            ),
        )
    ]


def measured(
    admits: float, entries: Sequence[Entry], client: Callable[[Stub, Sequence[Entry]], int]
) -> tuple[str, ...]:
    with stub(Behaviour(latency=LATENCY, admits=admits)) as served:
        failed = 0

        def work() -> None:
            nonlocal failed
            failed = client(served, entries)

        seconds = timed(work)
        seen = served.seen()
    best = len(entries) / 10 / admits
    attempts = seen.entries / len(entries)
    return (f"{len(entries):,}", f"{attempts:.2f}", f"{failed:,}", f"{seconds:.1f}", f"{best:.1f}")


def sender(served: Stub, entries: Sequence[Entry]) -> int:
    return send(served, iter(entries)).failed


def heedless(served: Stub, entries: Sequence[Entry]) -> int:
    return send(served, iter(entries), pace=NoPace()).failed


def boto3_alone(served: Stub, entries: Sequence[Entry], *, mode: str) -> int:
    """botocore's own retries, which repeat whole requests."""
    retries = {"total_max_attempts": MOST_ATTEMPTS, "mode": mode}
    client = client_of(served, Config(retries=retries, max_pool_connections=LANES))  # type: ignore[arg-type] # the mode is one of theirs

    def put(batch: Sequence[Entry]) -> int:
        try:
            return client.put_events(Entries=[request_entry(entry) for entry in batch])["FailedEntryCount"]
        except ClientError:
            return len(batch)

    with ThreadPoolExecutor(LANES) as pool:
        return sum(pool.map(put, batched(entries, 10)))


CLIENTS: dict[str, Callable[[Stub, Sequence[Entry]], int]] = {
    "the sender": sender,
    "control: the sender without its pace": heedless,
    "boto3, standard retries": lambda served, entries: boto3_alone(served, entries, mode="standard"),
    "boto3, adaptive retries": lambda served, entries: boto3_alone(served, entries, mode="adaptive"),
}
