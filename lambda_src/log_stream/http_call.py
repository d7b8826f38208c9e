"""How is one request sent over HTTPS?"""

import json
from collections.abc import Mapping
from typing import Any

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError, SSLError

from lambda_src.log_stream.exchange import Answer, Unreachable

CONNECT_SECONDS, READ_SECONDS = 5, 15
MOST_BYTES = 1_000_000  # of an answer
# None has it in urllib3 1.26, with which a runtime may come: https://github.com/aws/aws-lambda-base-images/issues/358
NO_NAME: type[HTTPError] | tuple[()] = getattr(urllib3.exceptions, "NameResolutionError", ())
# More special errors first: a NewConnectionError is a ConnectTimeoutError.
TROUBLE: tuple[tuple[type[HTTPError] | tuple[()], str], ...] = (
    (NO_NAME, "its name is unknown"),
    (NewConnectionError, "no connection"),
    (ConnectTimeoutError, f"no connection within {CONNECT_SECONDS} s"),
    (ReadTimeoutError, f"no answer within {READ_SECONDS} s"),
    (SSLError, "its TLS certificate is not accepted"),
    (HTTPError, "the connection broke"),
)


class Https:
    """Sends each request once, and follows no redirect: credentials go to the host that was named, and to no other.

    urllib3 comes with boto3 in the Lambda runtime, as it does in the checkout.
    """

    def __init__(self) -> None:
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False, cert_reqs="CERT_REQUIRED")

    def send(self, method: str, url: str, *, body: Mapping[str, Any] | None = None, token: str | None = None) -> Answer:
        """`token` as a bearer's. Raises Unreachable."""
        headers = {"Accept": "application/json"}
        headers |= {"Content-Type": "application/json"} if body is not None else {}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        content = None if body is None else json.dumps(body).encode()
        try:
            response = self._pool.request(
                method, url, body=content, headers=headers, redirect=False, preload_content=False
            )
            try:
                text = response.read(MOST_BYTES)
            finally:
                response.release_conn()
        except HTTPError as error:
            trouble = next(words for kind, words in TROUBLE if isinstance(error, kind))
            raise Unreachable(trouble) from None  # urllib3's own text may have the URL
        lower = {name.lower(): value for name, value in response.headers.items()}
        return Answer(status=response.status, headers=lower, body=parsed(text))


def parsed(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
