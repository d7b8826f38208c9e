"""What does a real browser make of a page?"""

import base64
from pathlib import Path
from typing import Any

from tests.process.ops.report.chromium import Chromium


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

    @classmethod
    def of(cls, chromium: Chromium, folder: Path, text: str) -> "Tab":
        """Of a page with this text, in a file of this folder."""
        path = folder / "page.html"
        path.write_text(text, "utf-8")
        return cls(chromium, path)

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
