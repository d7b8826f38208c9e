"""How do the instances of an auto-scaling group run?

As one process each: the systemd unit that the launch template's user data installs. Read are the forms that this app
writes: files as `cat > PATH <<'MARK'`, among them one unit and the CloudWatch agent's configuration, which names the
log group; nothing of the script is executed. The files lie in a folder of the instance's own. Not emulated: the AMI,
packages, users, networks, health checks, Restart, UpdatePolicy (a group that names another version of its template
always gets new instances). As on EC2, no region is set.
"""

import base64
import json
import logging
import re
import shlex
import tempfile
import threading
from pathlib import Path
from typing import Any, NamedTuple

from ministack.core.responses import request_scope
from ministack.services import autoscaling, ec2, ecs

from local_aws.delivery import soon
from local_aws.tasks import Process

HEREDOC = re.compile(r"^cat > (\S+) <<'(\w+)'\n(.*?)^\2$", re.MULTILINE | re.DOTALL)
TICK_SECONDS = 0.2
STOP_SECONDS = 10.0
log = logging.getLogger(__name__)
processes: dict[str, Process | None] = {}  # by instance id; None: its user data starts nothing


class Unit(NamedTuple):
    """`files`: path → text. `output`: the file of `StandardOutput=append:`, which goes to the log group."""

    files: dict[str, str]
    command: list[str]
    environment: dict[str, str]
    output: str
    log_group: str


def read(script: str) -> Unit:
    """Raises ValueError, with what is missing."""
    files = {path: text for path, _, text in HEREDOC.findall(script)}
    unit = "".join(text for path, text in files.items() if path.endswith(".service"))
    command, output = (re.findall(rf"^{key}=(.+)$", unit, re.MULTILINE) for key in ("ExecStart", r"StandardOutput"))
    groups = re.findall(r'"log_group_name": ("[^"]+")', "".join(files.values()))
    if not (len(command) == len(output) == len(groups) == 1 and output[0].startswith("append:/")):
        raise ValueError("needed are one ExecStart=, one StandardOutput=append:/PATH and one log_group_name")
    settings = [word for line in re.findall(r"^Environment=(.+)$", unit, re.MULTILINE) for word in shlex.split(line)]
    environment = dict(word.split("=", 1) for word in settings)
    return Unit(files, shlex.split(command[0]), environment, output[0].removeprefix("append:"), json.loads(groups[0]))


def run(id_: str, unit: Unit) -> Process:
    """Raises OSError."""

    def inside(path: str) -> Path:
        return Path(tempfile.gettempdir(), "instances", id_, path.lstrip("/"))

    for path, text in unit.files.items():
        inside(path).parent.mkdir(parents=True, exist_ok=True)
        inside(path).write_text(text)
    command = [str(inside(word)) if word in unit.files else word for word in unit.command]
    process = Process(id_, command, unit.environment, output=inside(unit.output))
    logs = {"logDriver": "awslogs", "options": {"awslogs-group": unit.log_group}}
    ecs._start_awslogs_forwarder(process, {"logConfiguration": logs}, id_)
    return process


def tick() -> None:
    """Makes the processes what the groups want; then again, for ever."""
    soon(tick, after=TICK_SECONDS)
    wanted: set[str] = set()
    for (account, region, _), group in autoscaling._asgs.all_items():
        with request_scope(account, region):
            template, members = group["LaunchTemplate"], group["Instances"]
            members[:] = [each for each in members if each["LaunchTemplate"] == template]
            autoscaling._reconcile_instances(group)
            for member in members:
                if member["InstanceId"] not in processes:
                    launch(member)
            wanted |= {member["InstanceId"] for member in members}
    for id_ in processes.keys() - wanted:
        if process := processes.pop(id_):
            threading.Thread(target=process.stop, args=[STOP_SECONDS], daemon=True).start()


def launch(member: dict[str, Any]) -> None:
    data = launch_template_data(member["LaunchTemplate"])
    image, kind = data.get("ImageId", ""), data.get("InstanceType", "")
    id_ = member["InstanceId"] = ec2._launch_instances_internal(image, kind, "", 1)[0]["InstanceId"]
    try:
        processes[id_] = run(id_, read(base64.b64decode(data.get("UserData", "")).decode()))
    except (ValueError, OSError) as error:
        log.warning("instance %s starts nothing: %s", id_, error)
        processes[id_] = None


def launch_template_data(named: dict[str, Any]) -> dict[str, Any]:
    template = ec2._launch_templates[named["LaunchTemplateId"]]
    return next(v["LaunchTemplateData"] for v in template["Versions"] if str(v["VersionNumber"]) == named["Version"])
