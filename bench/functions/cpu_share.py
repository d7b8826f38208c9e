"""How does a process get the share of a CPU that a memory size buys on Lambda?

In proportion, and all of one at 1,769 MB: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ONE_CPU = 1769  # MB
PERIOD = 20_000  # microseconds: the shorter, the less does a short piece of work run ahead of its share
CGROUPS = Path("/sys/fs/cgroup")


def share_of(memory: int) -> float:
    """Of one CPU, for `memory` in MB."""
    return memory / ONE_CPU


@contextmanager
def limited(memory: int, cgroups: Path = CGROUPS) -> Iterator[list[str]]:
    """What to put before a command, so that it gets the share; nothing where no cgroup can be made or entered.

    Tried on a process: the kernel lets none in that has a real-time priority.
    """
    group = cgroups / ("cpu" if (cgroups / "cpu").is_dir() else "") / f"bench-functions-{os.getpid()}-{memory}"
    quota = int(PERIOD * share_of(memory))
    try:
        group.mkdir()
        limit(group, quota)
        before = ["sh", "-c", f'echo $$ > {group / "cgroup.procs"} && exec "$@"', "sh"]
        subprocess.run([*before, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        remove(group)
        yield []
        return
    try:
        yield before
    finally:
        remove(group)


def limit(group: Path, quota: int) -> None:
    """Microseconds of each PERIOD; cgroups of version 2, or of version 1."""
    if (group / "cpu.max").exists():
        (group / "cpu.max").write_text(f"{quota} {PERIOD}")
    else:
        (group / "cpu.cfs_period_us").write_text(str(PERIOD))
        (group / "cpu.cfs_quota_us").write_text(str(quota))


def remove(group: Path) -> None:
    if group.is_dir():
        group.rmdir()


def can_be_limited() -> bool:
    with limited(ONE_CPU) as before:
        return bool(before)
