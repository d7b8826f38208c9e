"""What did the operator choose to send?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import click

# Which options say more about each of the three.
WHAT = {
    "count": ("types", "seed", "first", "at", "at_once"),
    "scenario": ("seed", "duration", "scale", "real_time"),
    "file": ("restart", "skip_bad", "checkpoints"),
}
OPTIONS = {"types": "--type and --category do", "skip_bad": "--skip-bad does", "real_time": "--real-time does"} | {
    "at_once": "--at-once does"
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One of `count`, `scenario` and `file`, with what belongs to it. Raises click.UsageError for anything else."""

    count: int | None
    scenario: str | None
    file: str | None
    types: tuple[str, ...]
    seed: int | None
    first: int | None
    at: datetime | None
    at_once: int | None
    duration: timedelta | None
    scale: int | None
    real_time: bool
    restart: bool
    skip_bad: bool
    checkpoints: Path | None
    rate: float | None

    def __post_init__(self) -> None:
        chosen = [what for what in WHAT if getattr(self, what) is not None]
        if len(chosen) != 1:
            found = " and ".join(f"--{what}" for what in chosen) or "none of them"
            raise click.UsageError(f"send one of --count, --scenario and --file; found {found}")
        if self.at_once and self.rate:
            raise click.UsageError("--at-once is for as fast as it goes: leave --rate out, or it")
        for option in sorted({option for options in WHAT.values() for option in options} - {*WHAT[chosen[0]]}):
            if getattr(self, option):
                raise click.UsageError(f"{OPTIONS.get(option, f'--{option} does')} not go with --{chosen[0]}")
