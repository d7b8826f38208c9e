"""What does a real browser make of a page?

Chromium without a window, over its DevTools protocol on two pipes: https://chromedevtools.github.io/devtools-protocol/
"""

import base64
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


class Tab:
    """One page, loaded. `width` in pixels; `dark` and `print`: what the page is told of its reader."""

    def __init__(
        self, chromium: Chromium, page: Path, *, width: int = 1_280, dark: bool = False, media: str = "screen"
    ) -> None:
        self._chromium = chromium
        target = chromium.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = chromium.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", media=media, features=scheme)
        self._resize(width, 900)
        self._width = width
        self.call("Page.navigate", url=page.as_uri())
        chromium.wait_for("Page.loadEventFired", self._session)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._chromium.call(method, self._session, **parameters)

    def _resize(self, width: int, height: int) -> None:
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def value(self, expression: str) -> Any:
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def told(self, method: str) -> list[dict[str, Any]]:
        return [
            event["params"]
            for event in self._chromium.events
            if event.get("method") == method and event.get("sessionId") == self._session
        ]

    def troubles(self) -> list[Any]:
        """What a console would show in red, dialogs, and whatever was asked of a network or a disk but the page."""
        self.value("new Promise(done => setTimeout(done, 50))")  # what is blocked is reported a moment later
        asked = [each["request"]["url"] for each in self.told("Network.requestWillBeSent")]
        return [
            *self.told("Runtime.exceptionThrown"),
            *self.told("Runtime.consoleAPICalled"),
            *self.told("Log.entryAdded"),
            *self.told("Page.javascriptDialogOpening"),
            *asked[1:],
        ]

    def picture(self, path: Path) -> None:
        """The whole page, as high as it is."""
        self._resize(self._width, self.value("Math.ceil(document.documentElement.getBoundingClientRect().height)"))
        self.value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        answer = self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(answer["data"]))


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
