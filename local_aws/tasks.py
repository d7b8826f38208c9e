"""How does an ECS task run without Docker?

ministack's ECS reaches Docker through one client. This one runs a container's entryPoint and command as a process; the
rest of ECS stays ministack's: life cycle, exit codes, overrides, StopTask, awslogs. Not emulated: images (a container
without a command cannot start), file systems, users, limits.
"""

import tempfile
import threading
import uuid
from pathlib import Path
from typing import Any

from ministack.core.responses import error_response_json, get_region
from ministack.services import ecs

from local_aws.processes import Process
from local_aws.seams import ministacks, replaces

MOST_AT_ONCE = 16  # more wait in PENDING: each is an interpreter
FOLDER = Path(tempfile.gettempdir(), "tasks")
TASK = "com.amazonaws.ecs.task-definition-"


class Docker:
    """As much of docker-py as ministack's ECS calls."""

    def __init__(self) -> None:
        self._free = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._running: dict[str, Process] = {}
        self.containers = self

    def run(self, _image: str, *, command: list[str] | None, environment: Any, labels: Any, **_: Any) -> Process:
        definition = ecs._task_defs[f"{labels[TASK + 'family']}:{labels[TASK + 'version']}"]["containerDefinitions"]
        name = labels["com.amazonaws.ecs.container-name"]
        entry_point = next(each.get("entryPoint") for each in definition if each["name"] == name)
        words = [*(entry_point or []), *(command or [])]
        if not words:
            raise ValueError("the local AWS does not know images: give the container an entryPoint or a command")
        own = {key: value for key, value in environment.items() if not key.startswith("AWS_CONTAINER_")}
        own = {"AWS_REGION": get_region(), "AWS_DEFAULT_REGION": get_region(), **own}
        self._free.acquire()
        process = Process(id_ := uuid.uuid4().hex, words, own, output=FOLDER / f"{id_}.log")
        threading.Thread(target=self._release_after, args=[process], daemon=True).start()
        self._running[id_] = process
        return process

    def _release_after(self, process: Process) -> None:
        process.wait()
        self._free.release()

    def get(self, id_: str) -> Process:
        process = self._running[id_]
        if process.status == "exited":
            del self._running[id_]
        return process


docker = Docker()


@replaces(ecs, "_run_task")
def run_task(data: dict[str, Any]) -> Any:
    """Not of a definition that was deregistered or deleted, which ministack runs."""
    definition = ecs._task_defs.get(ecs._resolve_td_key(data.get("taskDefinition", "")))
    if definition and definition["status"] != "ACTIVE":
        return error_response_json("ClientException", "TaskDefinition is inactive", 400)
    return ministacks(run_task)(data)


@replaces(ecs, "_get_docker")
def get_docker() -> Docker:
    return docker
