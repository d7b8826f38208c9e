"""How does a function run? On awslambdaric, AWS's own runtime client, with this checkout's interpreter.

Each function is taken for a Python one. The runtime's version is the checkout's, whatever the function asks for; what
the asset lacks is found in the checkout's environment too, where on AWS only boto3 would be. Layers are not emulated.
"""

import json
import os
import queue
import select
import shlex
import socketserver
import sys
import time
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime
from ministack.core.lambda_runtime import ProvidedWorker
from ministack.services import lambda_svc as functions

from local_aws.seams import ministacks, replaces

LONGEST_WAIT_FOR_OUTPUT = 1.0
lambda_runtime._PROVIDED_LOG_MAX_LINES = 0  # no limit: ministack drops what is over it
# The runtime API writes an event in two parts, and the second waited 40 ms.
socketserver.StreamRequestHandler.disable_nagle_algorithm = True


@replaces(ProvidedWorker, "_pump_output")
def pump_output(self: Any, stream: Any, log_queue: "queue.Queue[str]") -> None:
    rest, chunk = b"", b"\n"
    while chunk:
        select.select([stream], [], [])
        with self._state_lock:
            chunk = os.read(stream.fileno(), 65536)
            *lines, rest = (rest + (chunk or b"\n")).split(b"\n")
            if not chunk:
                stream.close()
            for line in filter(None, lines):
                log_queue.put_nowait(line.decode(errors="replace"))


@replaces(ProvidedWorker, "_drain_stderr_bounded")
def output(self: Any, _first_line_wait: float = 0, _idle_confirm: float = 0, _hard_cap: float = 0) -> str:
    """Everything that the handler wrote before it answered, which is in the pipe or in the queue.

    ministack waits for some milliseconds: on a busy machine, lines would go to a later invocation, or nowhere.
    """
    stream, deadline = self._proc and self._proc.stdout, time.monotonic() + LONGEST_WAIT_FOR_OUTPUT
    while stream and time.monotonic() < deadline:
        with self._state_lock:
            if stream.closed or not select.select([stream], [], [], 0)[0]:
                break
        time.sleep(0.001)
    return str(self._drain_stderr())


@replaces(lambda_runtime, "_worker_class_for")
def worker_class(_config: dict[str, Any]) -> Any:
    return ProvidedWorker


@replaces(functions, "_provided_runtime_code_dir")
def code_folder(code_zip: bytes) -> str:
    folder: str = ministacks(code_folder)(code_zip)
    bootstrap = Path(folder, "bootstrap")
    with functions._provided_code_lock:  # no process may start while the file is open: ETXTBSY
        if not bootstrap.exists():
            bootstrap.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m awslambdaric "$_HANDLER"\n')
            bootstrap.chmod(0o755)
    return folder


@replaces(functions, "_execute_function_warm")
def execute(func: dict[str, Any], event: Any, request_id: str) -> dict[str, Any]:
    result: dict[str, Any] = functions._execute_function_provided_warm(func, event, request_id)
    if result.get("error") and not result.get("log"):  # it failed before its first invocation: only the answer says why
        result["log"] = json.dumps(result.get("body"))
    return result
