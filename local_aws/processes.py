"""How does the program of a task or an instance run on this machine?"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ministack.core.responses import get_account_id

# What programs see of the launcher's environment; the rest is theirs, as on AWS.
INHERITED = (
    *("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR", "NO_PROXY", "no_proxy", "AWS_ENDPOINT_URL"),
    *("AWS_EC2_METADATA_DISABLED", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"),
)


class Process:
    """A program, its output, and as much of docker-py's container as ministack calls. Raises OSError."""

    attrs: Mapping[str, Any] = {"NetworkSettings": {"Networks": {}}}

    def __init__(self, id_: str, command: Sequence[str], environment: Mapping[str, str], *, output: Path) -> None:
        self.id, self._output = id_, output
        output.parent.mkdir(parents=True, exist_ok=True)
        own = {"AWS_ACCESS_KEY_ID": get_account_id(), "AWS_SECRET_ACCESS_KEY": "local", **environment}
        python = command[0] in ("python", "python3", "/usr/bin/python3")
        with output.open("ab") as file:
            self._started_at = file.tell()
            self._process = subprocess.Popen(  # in the launcher's own process group, and so gone with it
                [sys.executable if python else command[0], *command[1:]],
                cwd=output.parent,
                env=own | {name: os.environ[name] for name in INHERITED if name in os.environ},
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
            file.seek(self._started_at)
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
