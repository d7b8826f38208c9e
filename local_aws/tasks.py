"""How do the programs of ECS tasks and of instances run without Docker?

As processes of this machine. ministack's ECS reaches Docker through one client; ours runs a container's entryPoint and
command. The rest of ECS stays ministack's: life cycle, exit codes, StopTask, awslogs. Not emulated: images (a container
without a command cannot start), file systems, users, limits.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import ecs

from local_aws.seams import replaces

MOST_AT_ONCE = 16  # more wait in PENDING: each is an interpreter
TASK = "com.amazonaws.ecs.task-definition-"


class Process:
    """A program, its output, and as much of docker-py's container as ministack calls. Raises OSError."""

    attrs: Mapping[str, Any] = {"NetworkSettings": {"Networks": {}}}

    def __init__(self, id_: str, command: Sequence[str], environment: dict[str, str], *, output: Path) -> None:
        self.id, self._output = id_, output
        output.parent.mkdir(parents=True, exist_ok=True)
        key = {"AWS_ACCESS_KEY_ID": get_account_id(), "AWS_SECRET_ACCESS_KEY": "local"}
        python = command[0] in ("python3", "/usr/bin/python3")
        with output.open("wb") as file:
            self._process = subprocess.Popen(  # in the launcher's own process group, and so gone with it
                [sys.executable if python else command[0], *command[1:]],
                cwd=output.parent,
                env=os.environ | key | environment | {"AWS_ENDPOINT_URL": os.environ["AWS_ENDPOINT_URL"]},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    @property
    def status(self) -> str:
        return "running" if self._process.poll() is None else "exited"

    def reload(self) -> None:
        """The status is always fresh."""

    def wait(self) -> dict[str, int]:
        return {"StatusCode": self._process.wait()}

    def stop(self, timeout: float = 5) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def remove(self, **_: Any) -> None:
        self.stop()

    def logs(self, **_: Any) -> Iterator[bytes]:
        """Line by line, until the program has ended."""
        line = b""
        with self._output.open("rb") as file:
            while True:
                ended = self.status == "exited"
                line += file.readline()
                if line.endswith(b"\n") or (ended and line):
                    yield line
                    line = b""
                elif ended:
                    return
                else:
                    time.sleep(0.05)


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
        id_ = uuid.uuid4().hex
        self._running[id_] = process = Process(id_, words, own, output=Path(tempfile.gettempdir(), "tasks", id_))
        threading.Thread(target=self._release_after, args=[process], daemon=True).start()
        return process

    def _release_after(self, process: Process) -> None:
        process.wait()
        self._free.release()

    def get(self, id_: str) -> Process:
        return self._running[id_]


docker = Docker()


@replaces(ecs, "_get_docker")
def get_docker() -> Docker:
    return docker
