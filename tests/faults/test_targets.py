"""What becomes of events whose target fails, is slow, or is gone? The last cases break the deployment for good."""

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from demo.auth0 import EVENT_SOURCE
from lambda_src.auth0_events.attack_protection import ATTACK_PROTECTION
from lambda_src.auth0_events.envelope import DETAIL_TYPE, Auth0Log
from local_aws.control import LocalAws
from stacks.route import Target
from tests.faults.conftest import POISONED, Run
from tests.faults.proxy import Proxy
from tests.faults.sender import mixed_logs
from tests.local.app.deployment import Deployment, eventually

pytestmark = [
    pytest.mark.local,
    pytest.mark.skipif(not Path("/proc").exists(), reason="kills workers it finds in /proc, which this system lacks"),
]
PUBLISH = {"service": "sns", "operation": "Publish"}


def attacks() -> Mapping[str, Any]:
    return {"codes": tuple(ATTACK_PROTECTION), "number": 20}


def test_a_function_that_raises(run: Run, deployed: Deployment, proxy: Proxy) -> None:
    with proxy.fault(**PUBLISH, error={"code": "InternalError", "status": 500}):
        account = run("the alert function raises", lambda: deployed.auth0.send(mixed_logs(6, ("pwd_leak",))))
    assert account.kept == account.events


def test_a_function_that_times_out(run: Run, deployed: Deployment, proxy: Proxy) -> None:
    with deployed.timeout("AlertFunction", seconds=1), proxy.fault(**PUBLISH, timeout_ms=5_000):
        account = run("the alert function times out", lambda: deployed.auth0.send(mixed_logs(6, ("limit_wc",))))
    assert account.kept == account.events


def test_a_function_that_fails_now_and_then_publishes_every_alert_once(
    run: Run, deployed: Deployment, proxy: Proxy
) -> None:
    with proxy.fault(**PUBLISH, error={"code": "InternalError", "status": 500}, times=12):
        account = run("12 publications of alerts fail", lambda: deployed.auth0.send(mixed_logs(**attacks())))
    assert account.delivered == account.owed


def test_a_poisoned_record_in_a_kinesis_batch(run: Run, deployed: Deployment) -> None:
    """An event without `data` can be read by nobody but the event log."""

    def send() -> Mapping[str, str]:
        sent = deployed.auth0.send(mixed_logs(20, ("s",)))
        entry: Any = {"Source": EVENT_SOURCE, "DetailType": DETAIL_TYPE, "Detail": '{"log_id": "poisoned-record"}'}
        assert deployed.auth0.events.put_partner_events(Entries=[entry])["FailedEntryCount"] == 0
        return {**sent, "poisoned-record": "", **deployed.auth0.send(mixed_logs(20, ("s",)))}

    account = run("a poisoned record in a Kinesis batch", send)
    assert account.kept == 1


MOST_KILLED = 16  # as many tasks as the local AWS runs at once


def kill(aws: LocalAws, mode: str) -> int:
    """How many workers in this mode ran, and are killed in the middle of whatever they do."""
    killed = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (process / "cmdline").read_text(errors="replace").split("\0")
            if os.getpgid(int(process.name)) == aws.pid and mode in words and "python" in words[0]:
                os.kill(int(process.name), signal.SIGKILL)
                killed += 1
    return killed


class Killing:
    """Kills the workers of a target as soon as one of these logs has come out at its end; `killed` is how many."""

    def __init__(self, aws: LocalAws, deployed: Deployment, target: Target, mode: str) -> None:
        self._aws, self._deployed, self._target, self._mode = aws, deployed, target, mode
        self.killed = 0

    def send(self, logs: list[Auth0Log]) -> Mapping[str, str]:
        before = self._arrived()
        sent = self._deployed.auth0.send(logs)
        assert eventually(lambda: self._arrived() > before)
        self.killed = kill(self._aws, self._mode)
        assert self.killed
        return sent

    def _arrived(self) -> int:
        return self._deployed.customer.arrivals(self._deployed.outputs)[self._target].total()


def test_an_instances_worker_killed_while_processing(run: Run, aws: LocalAws, deployed: Deployment) -> None:
    """And then the instance: the local AWS restarts no unit, as systemd would, but replaces an instance."""
    killing = Killing(aws, deployed, Target.INSTANCES, "poll")

    def send() -> Mapping[str, str]:
        sent = killing.send(mixed_logs(200, ("sapi",)))
        replace_instances(deployed)
        return sent

    account = run("an instance's worker killed while processing", send, killed=MOST_KILLED)
    assert account.delivered == account.owed
    assert account.duplicated <= killing.killed


def replace_instances(deployed: Deployment) -> None:
    groups = deployed.client("autoscaling")
    for capacity in (0, 1):
        groups.update_auto_scaling_group(
            AutoScalingGroupName=deployed.physical_id("InstancesGroupASG"), MinSize=capacity, DesiredCapacity=capacity
        )
        assert eventually(lambda: len(groups.describe_auto_scaling_instances()["AutoScalingInstances"]) == capacity)  # noqa: B023 - asked at once


def test_tasks_killed_while_processing(run: Run, aws: LocalAws, deployed: Deployment) -> None:
    """The next event starts a task, which drains what the killed ones left."""
    killing = Killing(aws, deployed, Target.TASK, "drain")

    def send() -> Mapping[str, str]:
        sent = killing.send(mixed_logs(40, ("sdu",)))
        return {**sent, **deployed.auth0.send(mixed_logs(1, ("sdu",)))}

    account = run("tasks killed while processing", send, killed=MOST_KILLED)
    assert account.delivered == account.owed
    assert account.duplicated <= killing.killed


@pytest.mark.parametrize("inbox", POISONED)
def test_a_poisoned_message_in_an_inbox(run: Run, deployed: Deployment, inbox: str) -> None:
    """Put there at the very start: five receives with growing pauses take their time."""
    target, log_id = POISONED[inbox]
    code = {Target.TASK: "sdu", Target.INSTANCES: "sapi"}[target]
    poisoned = frozenset({(log_id, target)})
    case = f"a poisoned message among those of {target.value}"
    account = run(case, lambda: deployed.auth0.send(mixed_logs(5, (code,))), also=poisoned)
    assert account.kept == 1


def test_a_function_that_does_not_exist(run: Run, deployed: Deployment) -> None:
    deployed.client("lambda").delete_function(FunctionName=deployed.physical_id("AlertFunction"))
    account = run("the alert function does not exist", lambda: deployed.auth0.send(mixed_logs(**attacks())))
    assert account.kept == account.events


def test_a_stream_that_was_deleted(run: Run, deployed: Deployment) -> None:
    deployed.client("kinesis").delete_stream(StreamName=deployed.physical_id("ActivityRouteStream"))
    account = run("the stream was deleted", lambda: deployed.auth0.send(mixed_logs(50, ("s",))))
    assert account.kept == account.events
