"""What keeps a test from touching anything but its own process? (the conftest.py of a folder takes the hook)"""

import sys
from collections.abc import Generator
from typing import Any

import pytest

# https://docs.python.org/3/library/audit_events.html
TOUCHING = {
    "os.exec": "another program",
    "os.fork": "another process",
    "os.posix_spawn": "another process",
    "os.system": "another process",
    "socket.bind": "the network",
    "socket.connect": "the network",
    "socket.getaddrinfo": "the network",
    "subprocess.Popen": "another process",
}
A_CLIENTS_MODEL = "service-2.json"  # which boto3 reads when it makes a client; that takes longer than most unit tests
running = False


class TouchesSomething(BaseException):
    """Not an Exception: what the code under test catches must not hide it."""


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not running:
        return
    touched = TOUCHING.get(event)
    if event == "open" and A_CLIENTS_MODEL in str(arguments[0]):
        touched = "boto3's clients"
    if touched:
        raise TouchesSomething(
            f"a test that may touch nothing touches {touched} ({event}): it belongs in tests/emulated or tests/process"
        )


sys.addaudithook(watch)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Of the tests in this folder alone: the others' processes, sockets and clients are what they are about."""
    global running
    running = True
    try:
        return (yield)
    finally:
        running = False
