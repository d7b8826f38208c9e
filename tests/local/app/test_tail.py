"""Does an operator see events as they pass?"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from demo.cdk import CHECKOUT
from lambda_src.auth0_events.generator import generate_logs
from tests.local.app.deployment import Deployment

pytestmark = pytest.mark.local
TAIL = [sys.executable, "-m", "ops", "tail"]


@contextmanager
def tail(deployed: Deployment, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*TAIL, *arguments],
        cwd=CHECKOUT,
        env=dict(deployed.customer.environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # a shell that runs the tests in the background ignores it, and so would every process below
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


def send(deployed: Deployment, seed: int) -> set[str]:
    """A failed login by Auth0 and one by the sender, among others; the log ids of the failed logins."""
    partner, own, other = generate_logs(codes=("fp", "fp", "s"), count=3, seed=seed, now=datetime.now(UTC))
    deployed.auth0.send([partner, other])
    deployed.send([{"log_id": own.log_id, "data": dict(own.data)}])
    return {partner.log_id, own.log_id}


def read(process: subprocess.Popen[str], until: set[str]) -> list[dict[str, Any]]:
    """What it shows, until it has shown all of these."""
    assert process.stdout
    seen: list[dict[str, Any]] = []
    for line in process.stdout:
        seen.append(json.loads(line))
        if until <= {each["log_id"] for each in seen}:
            return seen
    pytest.fail(f"it ended before it had shown {until}")


def test_what_is_sent_while_it_runs_is_seen_once_and_ctrl_c_ends_it(deployed: Deployment) -> None:
    before = send(deployed, 400)
    with tail(deployed, "--json", "--since", "1m", "--type", "fp") as process:
        seen = read(process, before)  # from now on it follows
        after = send(deployed, 401)
        seen += read(process, after)
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=10)
    assert (process.returncode, rest) == (130, "")
    ours = [each for each in seen if each["log_id"] in before | after]
    assert len(ours) == len(before | after)
    assert {each["type"] for each in seen} == {"fp"}
    assert {each["bus"] for each in ours} == {"partner", "simulation"}


def test_a_reader_that_goes_while_nothing_comes_ends_it_quietly(deployed: Deployment) -> None:
    with tail(deployed, "--json", "--since", "1m", "--type", "fp") as process:
        read(process, send(deployed, 402))
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.wait(timeout=10) == 0
        assert process.stderr.read() == ""
