"""How does the sender send in a benchmark? Its own core, its own boto3 client, no Lambda around them."""

import random
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from bench.sender.clients import BUS, client_of
from bench.sender.process import Stub
from lambda_src.sender.batches import MOST_ENTRIES
from lambda_src.sender.bus import EventBus
from lambda_src.sender.clients import events_config
from lambda_src.sender.core import Clock, Delivery
from lambda_src.sender.entries import Entry
from lambda_src.sender.lanes import LANES
from lambda_src.sender.outcomes import Failure
from lambda_src.sender.pace import Pace

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

CLOCK = Clock(now=time.monotonic, sleep=time.sleep, random=random.random)
MOST_SECONDS = 900.0


class NoPace(Pace):
    """For what a pace is worth."""

    def wait(self, now: float) -> float:  # noqa: ARG002 - as a Pace's
        return 0.0


def send(
    stub: Stub, entries: Iterator[Entry], *, lanes: int = LANES, pace: Pace | None = None, size: int = MOST_ENTRIES
) -> Delivery:
    """What became of them. Failures are counted, and not kept."""
    delivery = Delivery(
        put_events=EventBus(own_client(stub, lanes), BUS).put_events,
        give_up=forget,
        clock=CLOCK,
        deadline=CLOCK.now() + MOST_SECONDS,
        fail_unattempted=True,
        lanes=lanes,
        most_entries=size,
        pace=pace or Pace(),
    )
    delivery.run(entries)
    return delivery


@cache
def own_client(stub: Stub, lanes: int) -> "EventBridgeClient":
    """As the function has it; made once, as it is in the life of a function."""
    return client_of(stub, events_config(pool=lanes))


def forget(_failure: Failure) -> None:
    """A benchmark's events are nobody's."""


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
