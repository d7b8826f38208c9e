"""How is a real browser started and talked to?

Chromium without a window, over its DevTools protocol on two pipes: https://chromedevtools.github.io/devtools-protocol/
"""

import fcntl
import json
import os
import select
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)
PATIENCE = 60.0  # seconds
READS, WRITES = 3, 4  # the descriptors of --remote-debugging-pipe, as Chromium names them
FLAGS = (
    *("--headless", "--remote-debugging-pipe", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--force-device-scale-factor=1", "--host-resolver-rules=MAP * ~NOTFOUND", "--lang=en-US"),
    # Nothing but the tests' own pages: no window at the start, no pages in the address bar, one process for all pages.
    *("--no-startup-window", "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"),
    *("--process-per-site", "--in-process-gpu"),
)
SILENT = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]


class Chromium:
    """`events`: what the browser has told, in order, as the protocol has it."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._rest = b""
        self._calls = 0
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        self._calls += 1
        message: dict[str, Any] = {"id": self._calls, "method": method, "params": parameters}
        text = json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0"
        while text:
            text = text[os.write(self._to, text) :]
        number = self._calls
        while (answer := self._next()).get("id") != number:
            self.events.append(answer)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return dict(answer["result"])

    def wait_for(self, method: str, session: str) -> None:
        while not any(e.get("method") == method and e.get("sessionId") == session for e in self.events):
            self.events.append(self._next())

    def _next(self) -> dict[str, Any]:
        give_up = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._back], [], [], max(0.0, give_up - time.monotonic()))
            some = os.read(self._back, 1 << 16) if ready else b""
            assert some, "Chromium has ended, or says nothing for a minute"
            self._rest += some
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))


@contextmanager
def browser(profile: Path) -> Iterator[Chromium]:
    """A browser of its own, with its files in `profile`."""
    assert PROGRAM, "there is no Chromium"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses to run as root with one
    (reads, to), (back, writes) = pipe(), pipe()
    arguments = [PROGRAM, *FLAGS, *root, f"--user-data-dir={profile}"]
    passed = [(os.POSIX_SPAWN_DUP2, reads, READS), (os.POSIX_SPAWN_DUP2, writes, WRITES)]
    process = os.posix_spawn(PROGRAM, arguments, os.environ, file_actions=[*SILENT, *passed], setpgroup=0)
    os.close(reads)
    os.close(writes)
    try:
        yield Chromium(to, back)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(to)
        os.close(back)


def pipe() -> tuple[int, int]:
    """Out of the way of the numbers that the child's ends get."""
    ends = []
    for end in os.pipe():
        ends.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10))
        os.close(end)
    return ends[0], ends[1]
