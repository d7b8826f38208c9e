"""Which logs has an earlier batch counted already?

Powertools' idempotency, which the alert uses, completes one record after the other: two writes each, and a record
would be complete before the batch's metrics are out, so that a crash could lose its count. Here a batch of 500 is
five reads before its metrics and twenty writes after them, several at once (docs/adr/0007).
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the stubs are no part of the function's asset
    from mypy_boto3_dynamodb import DynamoDBClient

# The latest that a copy can come: Auth0 retries a failing delivery for 7 days, EventBridge its target for one, the
# stream keeps a record for 7, and a dead-letter queue a letter for 14 until somebody puts it back.
REMEMBERED_FOR = timedelta(days=7 + 1 + 7 + 14)
# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
MOST_READ, MOST_WRITTEN = 100, 25
# Waiting is most of a request's time, and a function pays for it; more at once gain nothing at its share of a CPU.
AT_ONCE = 4
# Seconds before each try, at most. What DynamoDB leaves unprocessed it wants to be asked for later; boto3's own
# batch_writer asks at once and for ever, and the function's time would end between count and memory.
LONGEST_WAITS = (0.0, 0.1, 0.4, 1.6)

Items = Mapping[str, Any]


class Unprocessed(RuntimeError):
    """DynamoDB did not process all items, however often it was asked. One line."""


class CountedLogs:
    """Log ids in the table `table_name`, each for REMEMBERED_FOR from `now()` (seconds since 1970) on.

    Both methods raise what DynamoDB answers, or Unprocessed.
    """

    def __init__(
        self,
        client: "DynamoDBClient",
        table_name: str,
        *,
        now: Callable[[], float],
        sleep: Callable[[float], object],
        random: Callable[[], float],
    ) -> None:
        self._client = client
        self._table_name = table_name
        self._now = now
        self._sleep = sleep
        self._random = random
        self._requests = ThreadPoolExecutor(AT_ONCE)

    def among(self, log_ids: Iterable[str]) -> frozenset[str]:
        """Those of these log ids that are remembered."""
        ids = {_key_of(log_id): log_id for log_id in log_ids}
        found = self._requests.map(self._found, _chunks(ids, MOST_READ))
        return frozenset(ids[key] for keys in found for key in keys)

    def _found(self, keys: list[str]) -> set[str]:
        found: set[str] = set()

        def read(asked: Items) -> Items:
            answer = self._client.batch_get_item(RequestItems=asked)
            found.update(item["id"]["S"] for item in answer["Responses"].get(self._table_name, []))
            return answer.get("UnprocessedKeys", {})

        # consistent: the batch before this one has only just been remembered
        asked = {"Keys": [{"id": {"S": key}} for key in keys], "ConsistentRead": True, "ProjectionExpression": "id"}
        self._process(read, {self._table_name: asked})
        return found

    def remember(self, log_ids: Iterable[str]) -> None:
        expiration = {"N": str(int(self._now() + REMEMBERED_FOR.total_seconds()))}

        def write(asked: Items) -> Items:
            return self._client.batch_write_item(RequestItems=asked).get("UnprocessedItems", {})

        def written(keys: list[str]) -> None:
            items = [{"PutRequest": {"Item": {"id": {"S": key}, "expiration": expiration}}} for key in keys]
            self._process(write, {self._table_name: items})

        chunks = _chunks(dict.fromkeys(map(_key_of, log_ids)), MOST_WRITTEN)
        writing = [self._requests.submit(written, chunk) for chunk in chunks]
        wait(writing)  # where one fails, the others are remembered all the same
        for each in writing:
            each.result()

    def _process(self, request: Callable[[Items], Items], items: Items) -> None:
        """Makes the request again with what it leaves unprocessed, after growing waits with full jitter."""
        for longest_wait in LONGEST_WAITS:
            self._sleep(longest_wait * self._random())
            if not (items := request(items)):
                return
        raise Unprocessed(f"DynamoDB left items unprocessed {len(LONGEST_WAITS)} times in table {self._table_name}")


def _key_of(log_id: str) -> str:
    """A hash: a key may have 2,048 bytes and must be UTF-8, and nothing limits what a log id is."""
    return hashlib.sha256(log_id.encode("utf-8", "surrogatepass")).hexdigest()


def _chunks(keys: Iterable[str], most: int) -> Iterator[list[str]]:
    remaining = iter(keys)
    while chunk := list(islice(remaining, most)):
        yield chunk
