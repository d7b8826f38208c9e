"""Which functions are measured, with which environment, and with which event?"""

import base64
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bench.functions.interpreter import BUILD, described, python
from lambda_src.auth0_events.attack_protection import ATTACK_PROTECTION
from lambda_src.auth0_events.envelope import envelope
from lambda_src.auth0_events.generator import generate_logs
from lambda_src.auth0_events.log_types import LOG_TYPES
from stacks.components.function_code import function_code

NOW = datetime(2026, 1, 1, tzinfo=UTC)
EMPTY = "def handler(event, context):\n    return None\n"
# Real extra work, and little: what one needless import costs.
NEEDLESS = "import asyncio\n" + EMPTY


@dataclass(frozen=True, kw_only=True)
class Subject:
    """`event`: None for a function that has nobody here to talk to."""

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    event: Any = None

    @property
    def handler(self) -> str:
        return f"lambda_src.{self.name}.handler.handler"


def event_with(code: str, number: int) -> dict[str, Any]:
    (log,) = list(generate_logs(codes=[code], count=number + 1, seed=1, now=NOW))[number:]
    identity = f"00000000-0000-0000-0000-{number:012d}"
    source, moment = "aws.partner/auth0.com/bench/auth0.logs", "2026-01-01T00:00:00Z"
    return envelope(log, source=source, account="000000000000", region="us-east-1", event_id=identity, time=moment)


@cache
def all_events(count: int) -> tuple[dict[str, Any], ...]:
    """With every log type of the catalogue in turn."""
    logs = generate_logs(codes=list(LOG_TYPES), count=count, seed=1, now=NOW)
    return tuple({**event_with("s", 0), "id": str(number), "detail": detail} for number, detail in enumerate(
        {"log_id": log.log_id, "data": dict(log.data)} for log in logs
    ))  # fmt: skip


def batch_of(count: int, *, first: int = 0) -> dict[str, Any]:
    """What Lambda hands on of a Kinesis stream: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html."""
    events = all_events(first + count)[first:]
    return {"Records": [record(number, json.dumps(event).encode()) for number, event in enumerate(events, first)]}


def record(number: int, data: bytes) -> dict[str, Any]:
    return {
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": f"{number}",
            "sequenceNumber": f"{number:056d}",
            "data": base64.b64encode(data).decode(),
            "approximateArrivalTimestamp": NOW.timestamp(),
        },
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": f"shardId-000000000000:{number:056d}",
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": "arn:aws:iam::000000000000:role/bench",
        "awsRegion": "us-east-1",
        "eventSourceARN": "arn:aws:kinesis:us-east-1:000000000000:stream/bench",
    }


def subjects() -> tuple[Subject, ...]:
    sender = {"EVENT_BUS_NAME": "bench", "EVENT_SOURCE": "simulation/auth0.com/bench/auth0.logs",
              "UNDELIVERED_QUEUE_URL": "http://127.0.0.1/queue"}  # fmt: skip
    alert = {"TOPIC_ARN": "arn:aws:sns:us-east-1:000000000000:bench", "IDEMPOTENCY_TABLE_NAME": "bench"}
    return (
        Subject(name="sender", environment=sender, event={"count": 100}),
        Subject(name="alert", environment=alert, event=event_with(ATTACK_PROTECTION[0], 0)),
        Subject(name="activity", environment={"COUNTED_LOGS_TABLE_NAME": "bench"}, event=batch_of(100)),
        Subject(name="log_stream"),
    )


def variables(subject: Subject, services: str) -> dict[str, str]:
    """`services`: the address of bench.functions.services."""
    own = {"POWERTOOLS_SERVICE_NAME": subject.name, "POWERTOOLS_METRICS_NAMESPACE": "Auth0Events/bench"}
    return {"AWS_ENDPOINT_URL": f"http://{services}", **own, **subject.environment}


@cache
def asset_of(name: str, *, is_compiled: bool = True) -> Path:
    """The function's asset, with bytecode of the Python that it is measured on, or with none."""
    version = described()[0]
    folder = BUILD / f"asset-{version}-{'compiled' if is_compiled else 'sources'}" / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(function_code(name), folder, ignore=shutil.ignore_patterns("__pycache__"))
    if is_compiled:
        compile_here(folder)
    return folder


@cache
def plain_asset(name: str, source: str) -> Path:
    folder = BUILD / f"asset-{described()[0]}-plain" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plain.py").write_text(source)
    compile_here(folder)
    return folder


def compile_here(folder: Path) -> None:
    command = [python(), "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", str(folder)]
    subprocess.run(command, check=True)
