"""How do single calls to AWS fail on their way? Through microburst, which knows AWS's protocols."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

START_SECONDS = 30


class Proxy:
    """A proxy in front of a local AWS: what it does to which calls, and what it has done."""

    def __init__(self, endpoint_url: str) -> None:
        self.endpoint_url = endpoint_url

    @contextmanager
    def fault(self, **rule: Any) -> Iterator[None]:
        """A rule of microburst's, for as long as the context lasts. Fails if it has not fired once: no such case.

        https://github.com/pingedbrain/microburst#rules
        """
        self._call("fired", "DELETE")
        self._call("rules", "POST", [rule])
        try:
            yield
        finally:
            fired = self._call("fired", "GET")
            self._call("rules", "POST", [])
        assert fired, f"the fault {rule} has never happened"

    def is_up(self) -> bool:
        try:
            return bool(self._call("health", "GET"))
        except OSError:
            return False

    def _call(self, path: str, method: str, body: object = None) -> Any:
        request = urllib.request.Request(  # noqa: S310 - our own proxy on the loopback address
            f"{self.endpoint_url}/_microburst/{path}", method=method, data=json.dumps(body).encode()
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            return json.load(answer)


@contextmanager
def proxy_for(upstream: str) -> Iterator[Proxy]:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "microburst", "--upstream", upstream, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        proxy = Proxy(f"http://127.0.0.1:{port}")
        try:
            give_up = time.monotonic() + START_SECONDS
            while not proxy.is_up():
                assert process.poll() is None, "microburst has ended"
                assert time.monotonic() < give_up, "microburst does not answer"
                time.sleep(0.05)
            yield proxy
        finally:
            process.kill()
