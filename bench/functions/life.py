"""How long does one execution environment take for its start and for each of its events?"""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

from bench.functions.interpreter import python, runtime_packages
from bench.functions.runtime_api import RuntimeApi
from bench.peak_memory import peak_memory

LONGEST = 300.0  # seconds


@dataclass(frozen=True, kw_only=True)
class Life:
    """All in seconds but `memory` (bytes, at its most).

    `init`: from its start to the first question for an event; `events`: from one such question to the next; `cpu`: of
    its whole life.
    """

    init: float
    events: Sequence[float]
    cpu: float
    memory: int
    answers: Sequence[Any]


def live(
    asset: Path,
    handler: str,
    *,
    events: Sequence[Any] = (),
    environment: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
) -> Life:
    """Runs `handler` of `asset` on AWS's own runtime client; `before` stands before its command.

    Nothing of this checkout can be imported but the asset and what the runtime has. Raises RuntimeError if it fails.
    """
    api = RuntimeApi(events)
    with tempfile.TemporaryFile() as output:
        started = time.monotonic()
        process = subprocess.Popen(
            [*before, python(), "-S", "-s", "-m", "awslambdaric", handler],
            env=variables(asset, api.address) | dict(environment or {}),
            cwd=asset,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            is_in_time, memory = waited(api, process), peak_memory(process.pid)
        finally:
            used = ended(process)
            api.close()
        if api.failure or not is_in_time:
            reason = api.failure or "it did not ask for every event"
            raise RuntimeError(f"{handler}: {reason}; its last words: {last_words(output)}")
    init, *spans = [after - earlier for earlier, after in pairwise([started, *api.asked_at])]
    return Life(init=init, events=spans, cpu=used, memory=memory, answers=api.answers)


def ended(process: "subprocess.Popen[bytes]") -> float:
    """Ends the process; the CPU time that it had, in seconds."""
    os.kill(process.pid, signal.SIGKILL)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = -signal.SIGKILL
    return used.ru_utime + used.ru_stime


def last_words(output: IO[bytes]) -> str:
    output.seek(0)
    return " / ".join(output.read().decode(errors="replace").strip().splitlines()[-3:])


def waited(api: RuntimeApi, process: "subprocess.Popen[bytes]") -> bool:
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        if api.is_over.wait(0.2):
            return True
        if not is_alive(process.pid):
            return False
    return False


def is_alive(pid: int) -> bool:
    """Without reaping it: its CPU time is read afterwards."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def variables(asset: Path, api: str) -> dict[str, str]:
    """https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime."""
    return {
        "AWS_LAMBDA_RUNTIME_API": api,
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_FUNCTION_NAME": "bench",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "LAMBDA_TASK_ROOT": str(asset),
        "PATH": os.defpath,
        "PYTHONDONTWRITEBYTECODE": "1",  # /var/task cannot be written to
        "PYTHONPATH": f"{asset}{os.pathsep}{runtime_packages()}",
    }
