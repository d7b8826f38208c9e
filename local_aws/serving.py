"""Which parts make ministack the local AWS, and how is it served?

Imported when the environment is set: ministack reads its settings when it is imported.
"""

import asyncio
import os
import socket
from typing import Any, TextIO

from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.config import Config
from ministack.app import app

from local_aws import (
    alarms,
    cloudformation,
    delivery,
    executions,
    instances,
    log_pages,
    messages,
    partner_sources,
    put_events,
    python_function,
    seams,
    tasks,
)

# To import one is to register what it replaces.
PARTS = (alarms, delivery, executions, log_pages, partner_sources, put_events, python_function, tasks)


async def serve(listener: socket.socket, answer: TextIO) -> None:
    """Says `ready PORT` on `answer`. Raises SeamsMoved."""
    del os.environ["LOG_LEVEL"]  # which functions would inherit
    seams.install()
    cloudformation.install()
    messages.event_loop = asyncio.get_running_loop()

    async def announced(scope: Any, receive: Any, send: Any) -> None:
        async def send_and_say(message: Any) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                alarms.tick()
                instances.tick()
                print("ready", listener.getsockname()[1], file=answer)
                answer.close()

        await app(scope, receive, send_and_say if scope["type"] == "lifespan" else send)

    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.loglevel = "WARNING"
    await hypercorn_serve(announced, config, shutdown_trigger=asyncio.Event().wait)
