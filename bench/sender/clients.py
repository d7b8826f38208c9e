"""Who sends the same events: boto3 as one would write it, and the cheapest client there can be?"""

import json
import selectors
import socket
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from bench.sender.process import Stub
from lambda_src.auth0_events.envelope import DETAIL_TYPE
from lambda_src.auth0_events.generator import generate_logs
from lambda_src.auth0_events.log_types import LOG_TYPES
from lambda_src.sender.entries import Entry, entry_of

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

BUS, SOURCE = "Auth0Events-dev-Bus", "simulation/auth0.com/dev/auth0.logs"
KEYS = {"region_name": "eu-west-1", "aws_access_key_id": "bench", "aws_secret_access_key": "bench"}
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def generated(count: int) -> Iterator[Entry]:
    logs = generate_logs(codes=tuple(LOG_TYPES), count=count, seed=7, now=NOW)
    return (entry_of(log, SOURCE) for log in logs)


@cache
def plain_client(stub: Stub, pool: int) -> "EventBridgeClient":
    """boto3's defaults, with a connection for each thread."""
    return client_of(stub, Config(max_pool_connections=pool))


def client_of(stub: Stub, config: Config) -> "EventBridgeClient":
    client: EventBridgeClient = boto3.client("events", endpoint_url=stub.url, config=config, **KEYS)  # type: ignore[call-overload] # keyword arguments from a mapping
    return client


def request_entry(entry: Entry) -> Any:
    some = {"EventBusName": BUS, "Source": entry.source, "DetailType": DETAIL_TYPE, "Detail": entry.detail}
    return some if entry.time is None else {**some, "Time": entry.time}


def batched(entries: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    reading = iter(entries)
    while batch := list(islice(reading, size)):
        yield batch


def send_plainly(client: "EventBridgeClient", entries: Iterable[Entry], *, size: int, threads: int) -> int:
    """How many were taken. Nothing is sent again, nothing counted by bytes."""

    def put(batch: Sequence[Entry]) -> int:
        return len(batch) - client.put_events(Entries=[request_entry(entry) for entry in batch])["FailedEntryCount"]

    if threads == 1:
        return sum(put(batch) for batch in batched(entries, size))
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(put, batched(entries, size)))


def raw_request(entries: Sequence[Entry]) -> bytes:
    """Unsigned, and made once: what it costs to make it is no part of the ceiling."""
    listed = [{**request_entry(entry), "Time": 0} for entry in entries]
    body = json.dumps({"Entries": listed}).encode()
    return b"POST / HTTP/1.1\r\nHost: stub\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def send_raw(stub: Stub, request: bytes, *, requests: int, connections: int) -> None:
    """The same request over and over, one under way on each connection."""
    left = requests - connections
    with selectors.DefaultSelector() as waiting:
        for _ in range(connections):
            sock = socket.create_connection(("127.0.0.1", stub.port))
            sock.sendall(request)
            waiting.register(sock, selectors.EVENT_READ)
        while waiting.get_map():
            for key, _ in waiting.select():
                sock = key.fileobj  # type: ignore[assignment] # only sockets were registered
                sock.recv(65_536)  # an answer has 700 bytes, and comes in one piece on this machine
                if left > 0:
                    left -= 1
                    sock.sendall(request)
                else:
                    waiting.unregister(sock)
                    sock.close()
