"""How many requests go out at once, and how?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

# By measurement ("lanes" in docs/performance.md): with the function's share of a CPU, more gain nothing at any latency.
LANES = 32
REQUESTS_PER_LANE = 4  # at least, as each lane begins with a connection and its TLS handshake


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
    return max(1, min(LANES, requests // REQUESTS_PER_LANE))
