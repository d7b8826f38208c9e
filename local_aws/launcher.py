"""What runs in the launcher's process?

control.py starts it in a session of its own and reads one line: `ready PORT`, or why not. Functions, tasks and
instances are in its process group, and so is a guard whose input only the launcher holds open: it kills the group when
the launcher is gone, however it went.
"""

import asyncio
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
from pathlib import Path

HOST = "127.0.0.1"


def main(port: int, directory: Path, *, child: bool) -> None:
    """`port` 0: a free one. `child`: ends when its standard input does."""
    try:
        listener = socket.create_server((HOST, port), backlog=1024)
    except OSError as error:
        sys.exit(f"port {port}: {os.strerror(error.errno or 0)}; stop what uses it, or choose another")
    folder = directory / str(listener.getsockname()[1])
    (folder / "tmp").mkdir(parents=True, exist_ok=True)
    with (folder / "pid").open("w") as lock, (folder / "log").open("w") as log, os.fdopen(os.dup(1), "w") as answer:
        fcntl.flock(lock, fcntl.LOCK_EX)
        print(os.getpid(), file=lock, flush=True)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        with subprocess.Popen(["sh", "-c", "read -r _; kill -9 0"], stdin=subprocess.PIPE):
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, end)
            if child:
                threading.Thread(target=end_with_input, daemon=True).start()
            try:
                configure(listener.getsockname()[1], folder)
                from local_aws.serving import serve

                asyncio.run(serve(listener, answer))
            except Exception as error:  # noqa: BLE001 - whatever it is, control.py says it in one line
                traceback.print_exc()
                print(error, file=answer, flush=True)


def end_with_input() -> None:
    sys.stdin.read()
    end()


def end(*_: object) -> None:
    """There is nothing to save: all state is in memory."""
    os.killpg(0, signal.SIGKILL)


def configure(port: int, folder: Path) -> None:
    """ministack reads these when it is imported."""
    os.environ.update(
        GATEWAY_PORT=str(port),
        BIND_HOST=HOST,
        AWS_ENDPOINT_URL=f"http://{HOST}:{port}",
        TMPDIR=str(folder / "tmp"),
        DOCKER_HOST=f"unix://{folder}/no-docker",  # ministack would remove containers from the machine's Docker
        IOT_MTLS_ENABLED="0",
        LOG_LEVEL="WARNING",
        LAMBDA_ASYNC_RETRY_BASE_SECONDS=os.environ.setdefault("LOCAL_AWS_RETRY_BASE_SECONDS", "0.2"),
    )
    os.environ.setdefault("LAMBDA_ACCOUNT_CONCURRENCY", "6")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), child="--child" in sys.argv)
