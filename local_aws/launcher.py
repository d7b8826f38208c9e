"""What runs in the launcher's process?

control.py starts it in a session of its own, with a listening socket. Functions, tasks and instances are in its process
group, and so is a guard whose input only the launcher holds open: it kills the group when the launcher is gone, however
it went.
"""

import asyncio
import os
import signal
import subprocess
import sys
import threading

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack.app import app

# To import a part is to put it in ministack's place.
from local_aws import (
    cloudformation,  # noqa: F401 - see above
    delivery,
    executions,  # noqa: F401 - see above
    instances,
    log_pages,  # noqa: F401 - see above
    put_events,  # noqa: F401 - see above
    python_function,  # noqa: F401 - see above
    tasks,  # noqa: F401 - see above
)


def end(*_: object) -> None:
    """There is nothing to save: all state is in memory."""
    os.killpg(0, signal.SIGKILL)


def end_with_input() -> None:
    sys.stdin.read()
    end()


async def main(listener: str, *, child: bool) -> None:
    """`listener`: a file descriptor. `child`: ends when its standard input does."""
    guard = subprocess.Popen(["sh", "-c", "read -r _; kill -9 0"], stdin=subprocess.PIPE)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    if child:
        threading.Thread(target=end_with_input, daemon=True).start()
    del os.environ["LOG_LEVEL"]  # which functions would inherit
    delivery.event_loop = asyncio.get_running_loop()
    instances.tick()
    config = Config()
    config.bind = [f"fd://{listener}"]
    config.loglevel = "WARNING"
    await serve(app, config, shutdown_trigger=asyncio.Event().wait)
    guard.wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], child="--child" in sys.argv))
