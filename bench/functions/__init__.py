"""How long does a function take to start, beside an empty one, and how much memory should each have?"""

from bench.functions import asset_size, memory, start
from bench.page import Table


def measure(*, quick: bool) -> list[Table]:
    """Of each function as it is deployed; on Linux under the share of a CPU that its memory size buys."""
    return [start.table(quick=quick), asset_size.table(), memory.table(quick=quick)]
