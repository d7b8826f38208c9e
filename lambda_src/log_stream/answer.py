"""How does CloudFormation learn what became of its request?

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import urllib3
from urllib3.exceptions import HTTPError

from lambda_src.log_stream.wanted import NOT_MADE
from lambda_src.printable import printable

MOST_BYTES = 4096  # of the whole answer
LONGEST_REASON = 1000  # characters
ATTEMPTS, SECONDS = 3, 4


class NotAnswered(RuntimeError):
    """CloudFormation's address took no answer. Without the address: whoever has it can answer in our place."""


def well(event: Mapping[str, Any], stream_id: str | None, event_source: str | None) -> bytes:
    data = {"EventSourceName": event_source} if event_source else {}
    return encoded({**echoed(event), "Status": "SUCCESS", "PhysicalResourceId": stream_id or NOT_MADE, "Data": data})


def failed(event: Mapping[str, Any], stream_id: str | None, reason: str) -> bytes:
    """Cut so that it fits, whatever the reason is made of."""
    rest = {**echoed(event), "Status": "FAILED", "PhysicalResourceId": stream_id or NOT_MADE}
    for length in range(LONGEST_REASON, 0, -100):
        content = encoded({**rest, "Reason": printable(reason, length)})
        if len(content) <= MOST_BYTES:
            break
    return content


def echoed(event: Mapping[str, Any]) -> dict[str, Any]:
    return {name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")}


def encoded(answer: Mapping[str, Any]) -> bytes:
    return json.dumps(answer).encode()


def put(url: str, content: bytes, sleep: Callable[[float], None] = time.sleep) -> None:
    """To a presigned address, which wants no content type. The same content again is no second answer.

    Raises NotAnswered.
    """
    with urllib3.PoolManager(timeout=urllib3.Timeout(total=SECONDS), retries=False) as pool:
        for attempt in range(ATTEMPTS):
            sleep(attempt)
            try:
                if pool.request("PUT", url, body=content, headers={"Content-Type": ""}, redirect=False).status < 300:
                    return
            except HTTPError:
                continue
    raise NotAnswered(f"CloudFormation's address took no answer in {ATTEMPTS} attempts")
