import subprocess
import sys

import pytest

from lambda_src.warm import before_the_first_event
from stacks.components.function_code import CHECKOUT

MADE = "from lambda_src.{name}.handler import {maker} as maker; print(maker.cache_info().currsize)"
ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "TOPIC_ARN": "arn:aws:sns:us-east-1:000000000000:topic",
    "IDEMPOTENCY_TABLE_NAME": "table",
    "COUNTED_LOGS_TABLE_NAME": "table",
    "POWERTOOLS_METRICS_NAMESPACE": "Auth0Events/test",
}


def made(name: str, maker: str, **environment: str) -> str:
    command = [sys.executable, "-c", MADE.format(name=name, maker=maker)]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=ENVIRONMENT | environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("alert", "publisher"),
        ("activity", "counted_logs"),
        ("sender", "events_client"),
        ("sender", "sqs_client"),
    ],
)
def test_a_function_that_lambda_starts_has_its_clients_before_an_event_comes(name: str, maker: str) -> None:
    assert made(name, maker, AWS_LAMBDA_INITIALIZATION_TYPE="on-demand") == "1"


def test_elsewhere_an_import_makes_none() -> None:
    assert made("activity", "counted_logs") == "0"


@pytest.mark.parametrize("kind", ["on-demand", "provisioned-concurrency", "snap-start"])
def test_however_lambda_starts_it(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    before_the_first_event(lambda: calls.append("elsewhere"))
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", kind)
    before_the_first_event(lambda: calls.append("on Lambda"))
    assert calls == ["on Lambda"]
