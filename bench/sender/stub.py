"""What answers PutEvents, as fast as Python can, after a set latency and no more often than it is told?

A process of its own, so that it takes no time of the client's: `python -m bench.sender.stub '{"latency": 0.015}'`
prints its port and ends with its standard input. It reads no event: it counts them. It is no EventBridge.
"""

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import cast

ENTRY = b'"DetailType"'  # once an entry: inside a detail its quotation marks are escaped
LENGTH = b"content-length:"
THROTTLED = b'{"__type":"ThrottlingException","message":"Rate exceeded"}'
MOST_ENTRIES = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Behaviour:
    """`latency`: seconds. `admits`: requests a second, a tenth of a second's at once at most; None for all.

    `refuses`: every so many-th entry is throttled by itself; 0 for none.
    """

    latency: float = 0.0
    admits: float | None = None
    refuses: int = 0


@dataclass(kw_only=True, slots=True)
class Seen:
    """Numbers since the last look: requests and entries that came, requests that were throttled, entries taken."""

    requests: int = 0
    entries: int = 0
    throttled: int = 0
    taken: int = 0


@dataclass(slots=True)
class Bus:
    """Decides what the answer is. `seconds` is a steady clock."""

    behaviour: Behaviour
    seen: Seen = field(default_factory=Seen)
    _tokens: float = float("inf")  # full, at first
    _filled: float = 0.0

    def answer(self, body: bytes, seconds: float) -> bytes:
        entries = body.count(ENTRY)
        self.seen.requests += 1
        self.seen.entries += entries
        if not self._is_admitted(seconds):
            self.seen.throttled += 1
            return response(400, THROTTLED)
        every = self.behaviour.refuses
        refused = [bool(every) and (self.seen.entries - entries + each) % every == 0 for each in range(entries)]
        self.seen.taken += entries - sum(refused)
        return results(refused) if any(refused) else ALL_TAKEN[entries]

    def _is_admitted(self, seconds: float) -> bool:
        admits = self.behaviour.admits
        if admits is None:
            return True
        most = max(1.0, admits / 10)
        self._tokens = min(most, self._tokens + (seconds - self._filled) * admits)
        self._filled = seconds
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


def response(status: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def results(refused: list[bool]) -> bytes:
    taken = {"EventId": "11111111-2222-3333-4444-555555555555"}
    busy = {"ErrorCode": "ThrottlingException", "ErrorMessage": "Rate exceeded"}
    body = {"FailedEntryCount": sum(refused), "Entries": [busy if each else taken for each in refused]}
    return response(200, json.dumps(body).encode())


ALL_TAKEN = [results([False] * entries) for entries in range(MOST_ENTRIES + 1)]


class Connection(asyncio.Protocol):
    """HTTP/1.1 as far as boto3 speaks it: requests with a length, one after another."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._read = self._read + data if self._read else data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = self._read[:end].lower()
            start = head.find(LENGTH)
            length = int(head[start + len(LENGTH) :].split(b"\r", 1)[0]) if start >= 0 else 0
            if len(self._read) < end + 4 + length:
                return
            body, self._read = self._read[end + 4 : end + 4 + length], self._read[end + 4 + length :]
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        if head.startswith(b"get /seen"):
            self._transport.write(response(200, json.dumps(asdict(self._bus.seen)).encode()))
            self._bus.seen = Seen()
            return
        answer = self._bus.answer(body, time.monotonic())
        latency = self._bus.behaviour.latency
        if latency:
            asyncio.get_running_loop().call_later(latency, self._transport.write, answer)
        else:
            self._transport.write(answer)


async def serve(behaviour: Behaviour) -> None:
    bus, loop = Bus(behaviour), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(bus), "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - this is how its parent learns the port
    async with server:
        await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(Behaviour(**json.loads(sys.argv[1]))))
