"""What becomes of the sender's events when EventBridge, the network or the sender itself fails?"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from tests.faults.account import Account
from tests.faults.conftest import Run
from tests.faults.proxy import Proxy
from tests.faults.sender import Sender, mixed_logs
from tests.local.app.deployment import Deployment

pytestmark = pytest.mark.local
PUT_EVENTS = {"service": "events", "operation": "PutEvents"}
HALF = {"probability": 0.5}


def assert_honest(answer: Mapping[str, Any], account: Account) -> None:
    """The sender says as many failures as there are events of which nothing has arrived."""
    assert (answer["sent"], answer["failed"]) == (account.events - account.kept_events, account.kept_events)


@pytest.mark.parametrize(("share", "events"), [(0.1, 1000), (0.5, 200), (1.0, 200)])
def test_throttled_calls(run: Run, sender: Sender, proxy: Proxy, share: float, events: int) -> None:
    with proxy.fault(**PUT_EVENTS, error={"code": "ThrottlingException"}, probability=share):
        account = run(f"{share:.0%} of the calls throttled", lambda: sender.send(mixed_logs(events)))
    assert_honest(sender.answer, account)
    assert account.retries > 0
    if share == 1:
        assert (account.delivered, account.retries) == (0, 3 * events)


@contextmanager
def failing_entries(deployed: Deployment, share: float) -> Iterator[None]:
    ssm, name = deployed.client("ssm"), "/local-aws/faults"
    ssm.put_parameter(Name=name, Value=json.dumps({"entry": share}), Type="String", Overwrite=True)
    try:
        yield
    finally:
        ssm.put_parameter(Name=name, Value="{}", Type="String", Overwrite=True)


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_single_entries_fail_while_the_others_go_through(
    run: Run, sender: Sender, deployed: Deployment, share: float
) -> None:
    with failing_entries(deployed, share):
        account = run(f"{share:.0%} of the entries refused", lambda: sender.send(mixed_logs()))
    assert_honest(sender.answer, account)
    assert account.retries > 0
    if share == 1:
        assert (account.delivered, account.retries) == (0, 3 * account.events)


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        ("half of the connections reset before the call", {"reset": True, **HALF}),
        ("half of the calls answered with a 500", {"error": {"code": "InternalFailure", "status": 500}, **HALF}),
        ("half of the calls answered with a 503", {"error": {"code": "ServiceUnavailable", "status": 503}, **HALF}),
        ("one call never answered", {"timeout_ms": 20_000, "times": 1}),
        ("every call 100 to 300 ms late", {"latency": {"min": 100, "max": 300}}),
    ],
)  # fmt: skip
def test_the_network_and_the_service_fail(
    run: Run, sender: Sender, proxy: Proxy, case: str, fault: dict[str, Any]
) -> None:
    with proxy.fault(**PUT_EVENTS, **fault):
        account = run(case, lambda: sender.send(mixed_logs()))
    assert_honest(sender.answer, account)
    assert (account.retries > 0) == ("latency" not in fault)


def test_connections_reset_after_the_call_was_accepted_duplicate_events_and_lose_none(
    run: Run, sender: Sender, proxy: Proxy
) -> None:
    with proxy.fault(**PUT_EVENTS, response={"abort_bytes": 0}, times=5):
        account = run("5 connections reset after the call was accepted", lambda: sender.send(mixed_logs()))
    assert account.delivered == account.owed
    assert account.logged_twice > 0


def test_a_sender_killed_by_its_timeout_leaves_its_request_in_the_failed_queue(
    run: Run, sender: Sender, deployed: Deployment, proxy: Proxy
) -> None:
    """A call that hangs for longer than all the function has; on AWS its own 15 minutes leave room for that."""
    with deployed.timeout("SenderFunction", seconds=3), proxy.fault(**PUT_EVENTS, timeout_ms=20_000, probability=0.3):
        account = run("the sender killed by its timeout", lambda: sender.send_asynchronously(mixed_logs(300)))
    assert account.kept > 0


def test_a_bus_that_does_not_exist_is_no_success(run: Run, sender: Sender, deployed: Deployment, proxy: Proxy) -> None:
    bus = deployed.outputs["SimulationBusName"]
    deployed.configure("SenderFunction", {"EVENT_BUS_NAME": "no-such-bus"})
    try:
        account = run("the bus does not exist", lambda: sender.send(mixed_logs()))
    finally:
        deployed.configure("SenderFunction", {"EVENT_BUS_NAME": bus})
    assert account.kept == account.owed
    assert sender.answer["failed"] == account.events
