import subprocess
import sys

import pytest

from lambda_src.warm import before_the_first_event
from stacks.components.function_code import CHECKOUT

MADE = "from lambda_src.{name} import handler; print(*(getattr(handler, m).cache_info().currsize for m in {makers}))"
ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "TOPIC_ARN": "arn:aws:sns:us-east-1:000000000000:topic",
    "IDEMPOTENCY_TABLE_NAME": "table",
    "COUNTED_LOGS_TABLE_NAME": "table",
    "POWERTOOLS_METRICS_NAMESPACE": "Auth0Events/test",
}


def made(name: str, *makers: str, **environment: str) -> list[str]:
    """How many clients each of them has made, once the handler is imported."""
    command = [sys.executable, "-c", MADE.format(name=name, makers=makers)]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=ENVIRONMENT | environment, check=True, capture_output=True, text=True
    )
    return done.stdout.split()


@pytest.mark.parametrize(
    ("name", "makers"),
    [
        ("alert", ["publisher"]),
        ("activity", ["counted_logs"]),
        ("sender", ["events_client", "sqs_client"]),
    ],
)
def test_a_function_that_lambda_starts_has_its_clients_before_an_event_comes(name: str, makers: list[str]) -> None:
    assert made(name, *makers, AWS_LAMBDA_INITIALIZATION_TYPE="on-demand") == ["1"] * len(makers)


def test_elsewhere_an_import_makes_none() -> None:
    assert made("activity", "counted_logs") == ["0"]


@pytest.mark.parametrize("kind", ["on-demand", "provisioned-concurrency", "snap-start"])
def test_however_lambda_starts_it(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    before_the_first_event(lambda: calls.append("elsewhere"))
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", kind)
    before_the_first_event(lambda: calls.append("on Lambda"))
    assert calls == ["on Lambda"]
