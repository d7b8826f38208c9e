"""What runs in the launcher's process?

control.py starts it in a session of its own, with a listening socket. Functions, tasks and instances are in its process
group, and so is a guard whose input only the launcher holds open: it kills the group when the launcher is gone, however
it went. There is nothing to save: all state is in memory.
"""

import asyncio
import os
import subprocess
import sys

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack.app import app

from local_aws import alarms, corrections, delivery, functions, processes, put_events, replay, stack_states

# to import one puts it in its place
PARTS = (alarms, corrections, delivery, functions, processes, put_events, replay, stack_states)
GUARD = ("sh", "-c", "read -r _; kill -9 0")


async def main(listener: str, *, child: bool) -> None:
    """`listener`: a file descriptor. `child`: ends when its standard input does, which a second guard holds."""
    guards = [subprocess.Popen(GUARD, stdin=source) for source in (subprocess.PIPE, None)[: 1 + child]]
    del os.environ["LOG_LEVEL"]  # which functions would inherit
    delivery.event_loop = asyncio.get_running_loop()
    alarms.tick()
    processes.tick()
    config = Config()
    config.bind = [f"fd://{listener}"]
    config.loglevel = "WARNING"
    config.keep_alive_timeout = 3600  # after 5 s it would close what a caller is just about to use again
    await serve(app, config, shutdown_trigger=asyncio.Event().wait)
    guards[0].wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], child="--child" in sys.argv))
