"""How does a benchmark get a stub of its own?"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import IO, cast

from bench.sender.stub import Behaviour, Seen

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Stub:
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def seen(self) -> Seen:
        """Since the last look."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", "/seen")
        seen = Seen(**json.loads(connection.getresponse().read()))
        connection.close()
        return seen


@contextmanager
def stub(behaviour: Behaviour) -> Iterator[Stub]:
    command = [sys.executable, "-m", "bench.sender.stub", json.dumps(asdict(behaviour))]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        stdin, stdout = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        try:
            yield Stub(int(stdout.readline()))
        finally:
            stdin.close()
