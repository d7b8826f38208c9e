"""How fast is the sender beside boto3, what does it need, and what does it do at a busy bus?"""

from importlib import import_module

from bench.page import Table

PARTS = ("speed", "growth", "memory", "throttling")


def measure(*, quick: bool) -> list[Table]:
    """Imports its parts itself: the stub's process has no need of them."""
    return [table for part in PARTS for table in import_module(f"{__name__}.{part}").tables(quick=quick)]
