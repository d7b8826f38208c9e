"""How do the programs of ECS tasks and of an auto-scaling group's instances run? As processes of this machine.

ministack's ECS reaches Docker through one client; ours runs a container's entryPoint and command. The rest of ECS stays
ministack's: life cycle, exit codes, StopTask, awslogs. An instance runs the unit that its launch template's user data
installs. Read are the forms that this app writes: files as `cat > PATH <<'MARK'`, among them one systemd unit and the
CloudWatch agent's configuration, which names the log group; nothing of the script is executed. Not emulated:
images (a container without a command cannot start) and the AMI, packages, users, networks, limits, file systems, output
that no log group takes, health checks, Restart, UpdatePolicy (a group that names another version of its template always
gets new instances).
"""

import base64
import contextlib
import logging
import os
import re
import shlex
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ministack.core.lambda_runtime import execution_credentials
from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import autoscaling, ec2, ecs, iam

from local_aws.delivery import soon
from local_aws.seams import replaces

MOST_TASKS_AT_ONCE = 16  # more wait in PENDING: each is an interpreter
TASK = "com.amazonaws.ecs.task-definition-"
HEREDOC = re.compile(r"^cat > (\S+) <<'(\w+)'\n(.*?)^\2$", re.MULTILINE | re.DOTALL)
TICK_SECONDS = 0.2
free, watchers = threading.BoundedSemaphore(MOST_TASKS_AT_ONCE), ThreadPoolExecutor(MOST_TASKS_AT_ONCE)
tasks: dict[str, "Process"] = {}
instances: dict[str, "Process | None"] = {}  # by instance id; None: its user data starts nothing
log = logging.getLogger(__name__)


class Process:
    """A program, its output, and as much of docker-py's container as ministack calls. Raises OSError."""

    attrs: Mapping[str, Any] = {"NetworkSettings": {"Networks": {}}}

    def __init__(self, id_: str, command: Sequence[str], environment: Mapping[str, str], role: str) -> None:
        self.id, python = id_, command[0] in ("python3", "/usr/bin/python3")
        arn = f"arn:aws:lambda:{get_region()}:{get_account_id()}:function:{id_}"  # credentials are made for functions
        own = {**execution_credentials({"Role": role, "FunctionArn": arn, "FunctionName": id_}), **environment}
        self._process = subprocess.Popen(  # in the launcher's own process group, and so gone with it
            [sys.executable if python else command[0], *command[1:]],
            env=os.environ | own | {"AWS_ENDPOINT_URL": os.environ["AWS_ENDPOINT_URL"]},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    @property
    def status(self) -> str:
        return "running" if self._process.poll() is None else "exited"

    def reload(self) -> None:
        """The status is always fresh."""

    def wait(self) -> dict[str, int]:
        return {"StatusCode": self._process.wait()}

    def stop(self, timeout: float = 10) -> None:
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout)
        self._process.kill()  # which does nothing to one that has ended

    def remove(self, **_: Any) -> None:
        self.stop()

    def logs(self, **_: Any) -> Iterator[bytes]:
        """Line by line, until the program has ended."""
        yield from self._process.stdout or []


def run(_image: str, *, command: list[str] | None, environment: Any, labels: Any, **_: Any) -> Process:
    task_definition = ecs._task_defs[f"{labels[TASK + 'family']}:{labels[TASK + 'version']}"]
    name = labels["com.amazonaws.ecs.container-name"]
    container = next(each for each in task_definition["containerDefinitions"] if each["name"] == name)
    if not (words := [*(container.get("entryPoint") or []), *(command or [])]):
        raise ValueError("the local AWS does not know images: give the container an entryPoint or a command")
    own = {key: value for key, value in environment.items() if not key.startswith("AWS_CONTAINER_")}
    region = {"AWS_REGION": get_region(), "AWS_DEFAULT_REGION": get_region()}
    free.acquire()
    task = Process(uuid.uuid4().hex, words, region | own, task_definition.get("taskRoleArn") or "")
    tasks[task.id] = task
    watchers.submit(task.wait).add_done_callback(lambda _: free.release())
    return task


@replaces(ecs, "_get_docker")
def get_docker() -> Any:
    """As much of docker-py as ministack's ECS calls."""
    return SimpleNamespace(containers=SimpleNamespace(run=run, get=tasks.__getitem__))


def read(user_data: str) -> tuple[dict[str, str], list[str], dict[str, str], str]:
    """Files by path, the unit's command and environment, the log group. Raises ValueError, with what is missing."""
    files = {path: text for path, _, text in HEREDOC.findall(user_data)}
    unit = "".join(text for path, text in files.items() if path.endswith(".service"))
    commands = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    groups = re.findall(r'"log_group_name": "([^"]+)"', "".join(files.values()))
    if not len(commands) == len(groups) == 1:
        raise ValueError(f"one ExecStart= and one log_group_name are needed; found {commands}, {groups}")
    words = [word for line in re.findall(r"^Environment=(.+)$", unit, re.MULTILINE) for word in shlex.split(line)]
    return files, shlex.split(commands[0]), dict(word.split("=", 1) for word in words), groups[0]


def started(id_: str, user_data: str, role: str) -> Process:
    """Raises OSError, and as `read` does."""
    files, command, environment, log_group = read(user_data)
    paths = {path: Path(tempfile.gettempdir(), "instances", id_, path.lstrip("/")) for path in files}
    for path, text in files.items():
        paths[path].parent.mkdir(parents=True, exist_ok=True)
        paths[path].write_text(text)
    instance = Process(id_, [str(paths.get(word, word)) for word in command], environment, role)
    logs = {"logDriver": "awslogs", "options": {"awslogs-group": log_group}}
    ecs._start_awslogs_forwarder(instance, {"logConfiguration": logs}, id_)
    return instance


def tick() -> None:
    """Makes the instances what the groups want; then again, for ever."""
    soon(tick, after=TICK_SECONDS)
    wanted: set[str] = set()
    for (account, region, _), group in autoscaling._asgs.all_items():
        with request_scope(account, region):
            members = group["Instances"]
            members[:] = [each for each in members if each["LaunchTemplate"] == group["LaunchTemplate"]]
            autoscaling._reconcile_instances(group)
            for member in members:
                if member["InstanceId"] not in instances:
                    launch(member)
            wanted |= {member["InstanceId"] for member in members}
    for id_ in instances.keys() - wanted:
        if instance := instances.pop(id_):
            threading.Thread(target=instance.stop, daemon=True).start()


def launch(member: dict[str, Any]) -> None:
    id_, named = member["InstanceId"], member["LaunchTemplate"]
    versions = ec2._launch_templates[named["LaunchTemplateId"]]["Versions"]
    data = next(each["LaunchTemplateData"] for each in versions if str(each["VersionNumber"]) == named["Version"])
    try:
        profile = iam._lookup_instance_profile(arn=(data.get("IamInstanceProfile") or {}).get("Arn"))
        role = f"arn:aws:iam::{get_account_id()}:role/{profile['Roles'][0]}" if profile else ""
        instances[id_] = started(id_, base64.b64decode(data["UserData"]).decode(), role)
    except (KeyError, ValueError, OSError) as error:
        log.warning("instance %s starts nothing: %s", id_, error)
        instances[id_] = None
