"""How long does the stream's reader take for batches of a size?"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

from bench.functions.interpreter import BUILD, described
from bench.functions.life import live
from bench.functions.subjects import Subject, asset_of, batch_of, compile_here, subjects, variables

LEAST_BATCHES, MOST_BATCHES, ABOUT = 5, 40, 4_000  # of batches after the first; of records in all
# Says what the function has used so far, all its threads and the runtime's client together.
MEASURED = """
import time
from lambda_src.activity import handler as activity

def handler(event, context):
    return {"answer": activity.handler(event, context), "cpu": time.process_time()}
"""
# Real extra work: every record is read twice, and every log is looked up twice.
TWICE = """
import time
from lambda_src.activity import handler as activity
from lambda_src.activity.batch import read_batch

def handler(event, context):
    activity.counted_logs().among([log.log_id for log in read_batch(event).logs])
    return {"answer": activity.handler(event, context), "cpu": time.process_time()}
"""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """Seconds: of CPU time for a record, and of time for a batch, both without the first batch."""

    cpu_per_record: float
    batch: float


def taken(size: int, services: str, *, before: Sequence[str] = (), source: str = MEASURED) -> Taken:
    batches = 1 + min(MOST_BATCHES, max(LEAST_BATCHES, ABOUT // size))
    life = live(
        asset_with(source),
        "measured.handler",
        events=[batch_of(size)] * batches,
        environment=variables(activity(), services),
        before=before,
    )
    if any(answer["answer"]["batchItemFailures"] for answer in life.answers):
        raise RuntimeError("the reader refused records: its figures are of another path")
    used = life.answers[-1]["cpu"] - life.answers[0]["cpu"]
    return Taken(cpu_per_record=used / ((batches - 1) * size), batch=median(life.events[1:]))


def activity() -> Subject:
    return next(subject for subject in subjects() if subject.name == "activity")


@cache
def asset_with(source: str) -> Path:
    """The activity's asset and `source` as its module `measured`."""
    folder = BUILD / f"measured-{described()[0]}-{len(source)}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(asset_of("activity"), folder)
    (folder / "measured.py").write_text(source)
    compile_here(folder)
    return folder
