"""How many requests go out at once, and how?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

# By measurement (docs/performance.md, "lanes"): up to 15 ms of latency Python has no time left with these, so more send
# no more; fewer leave it waiting. With no latency at all one would do, and these cost a tenth.
LANES = 32


def run_at_once(work: Callable[[], None], *, lanes: int) -> None:
    """Runs `work` in so many threads, one in this thread alone, to the end of all. Raises what one of them raised."""
    if lanes == 1:
        work()
        return
    with ThreadPoolExecutor(lanes) as threads:
        running = [threads.submit(work) for _ in range(lanes)]
    for each in running:
        each.result()


def lanes_for(requests: int) -> int:
    """No more than there is work for."""
    return max(1, min(LANES, requests))
