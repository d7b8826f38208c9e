"""How do the instances of an auto-scaling group run?

As one process each: the systemd unit that the launch template's user data installs. The files of the user data lie in a
folder of the instance's own; the unit's output goes to the log group that the CloudWatch agent's configuration names.
Not emulated: the AMI, packages, users, networks, health checks, UpdatePolicy (a group that names another version of its
template always gets new instances). As on EC2, no region is set.
"""

import base64
import logging
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import autoscaling, ec2, ecs

from local_aws import user_data
from local_aws.messages import soon
from local_aws.processes import Process

FOLDER = Path(tempfile.gettempdir(), "instances")
TICK_SECONDS, RESTART_SECONDS = 0.2, 1.0
STOP_SECONDS = 10.0
log = logging.getLogger(__name__)


class Machine:
    """One instance. Raises UnreadableUserData, OSError."""

    def __init__(self, folder: Path, script: str) -> None:
        self._folder, self._unit = folder, user_data.read(script)
        for path, text in self._unit.files.items():
            self._inside(path).parent.mkdir(parents=True, exist_ok=True)
            self._inside(path).write_text(text)
        self._start()

    def _inside(self, path: str) -> Path:
        return self._folder / path.lstrip("/")

    def _start(self) -> None:
        unit, self._started = self._unit, time.monotonic()
        command = [str(self._inside(word)) if word in unit.files else word for word in unit.command]
        self._process = Process(self._folder.name, command, unit.environment, output=self._inside(unit.output))
        logs = {"logDriver": "awslogs", "options": {"awslogs-group": unit.logs.get(unit.output)}}
        ecs._start_awslogs_forwarder(self._process, {"logConfiguration": logs}, self._folder.name)

    def restart_if_it_should(self) -> None:
        rested = time.monotonic() - self._started > RESTART_SECONDS
        if self._unit.restarts and rested and self._process.status == "exited":
            self._start()

    def stop(self) -> None:
        threading.Thread(target=self._process.stop, args=[STOP_SECONDS], daemon=True).start()


machines: dict[str, Machine | None] = {}  # by instance id; None: its user data starts nothing


def tick() -> None:
    """Makes the machines what the groups want; then again, for ever."""
    soon(tick, after=TICK_SECONDS)
    wanted: set[str] = set()
    for (account, region, _), group in autoscaling._asgs.all_items():
        with request_scope(account, region):
            template, members = group["LaunchTemplate"], group["Instances"]
            members[:] = [each for each in members if each["LaunchTemplate"] == template and lives(each["InstanceId"])]
            autoscaling._reconcile_instances(group)
            for member in members:
                if machine := machines.get(member["InstanceId"]):
                    machine.restart_if_it_should()
                elif member["InstanceId"] not in machines:
                    launch(member)
            wanted |= {member["InstanceId"] for member in members}
    for id_ in machines.keys() - wanted:
        if machine := machines.pop(id_):
            machine.stop()
        for (_, _, found), record in ec2._instances.all_items():
            if found == id_:
                record["State"] = {"Code": 48, "Name": "terminated"}


def lives(id_: str) -> bool:
    return id_ not in ec2._instances or ec2._instances[id_]["State"]["Name"] == "running"


def launch(member: dict[str, Any]) -> None:
    data = launch_template_data(member["LaunchTemplate"])
    image, kind = data.get("ImageId", ""), data.get("InstanceType", "")
    id_ = member["InstanceId"] = ec2._launch_instances_internal(image, kind, "", 1)[0]["InstanceId"]
    try:
        machines[id_] = Machine(FOLDER / id_, base64.b64decode(data.get("UserData", "")).decode())
    except (ValueError, OSError) as error:
        log.warning("instance %s starts nothing: %s", id_, error)
        machines[id_] = None


def launch_template_data(named: dict[str, Any]) -> dict[str, Any]:
    template = ec2._launch_templates.get(named.get("LaunchTemplateId"), {"Versions": []})
    numbers = {"$Latest": template.get("LatestVersionNumber"), "$Default": template.get("DefaultVersionNumber")}
    number = str(numbers.get(named.get("Version", "$Default"), named.get("Version")))
    return next((v["LaunchTemplateData"] for v in template["Versions"] if str(v["VersionNumber"]) == number), {})
