"""Which benchmarks run, and what becomes of what they find? (`make bench`)"""

import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module

import click
from rich.console import Console

from bench import page

# Each is a module here with `measure(*, quick) -> tables`, and has a place of its own in docs/performance.md.
TOPICS = ("synthesis", "functions", "sender", "stream", "demo")


@click.command(help="Measures side by side and writes docs/performance.md. TOPICS: " + ", ".join(TOPICS) + "; all.")
@click.argument("topics", nargs=-1, type=click.Choice(TOPICS), metavar="[TOPIC]...")
@click.option("--quick", is_flag=True, help="Few rounds, small amounts: does it run? Its figures are not written.")
def main(*, topics: Sequence[str], quick: bool) -> None:
    console = Console(width=None if sys.stdout.isatty() else 140)
    for topic in topics or TOPICS:
        console.rule(topic)
        measure: Callable[..., list[page.Table]] = import_module(f"bench.{topic}").measure
        tables = measure(quick=quick)
        for table in tables:
            table.show(console)
        if not quick:
            page.write(topic, machine() + "".join(f"\n{table.markdown()}" for table in tables))


def machine() -> str:
    cores, python = (
        os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count(),
        platform.python_version(),
    )
    return f"Measured {datetime.now(UTC):%Y-%m-%d} on {cores} cores, Python {python}.\n"


if __name__ == "__main__":
    main()
