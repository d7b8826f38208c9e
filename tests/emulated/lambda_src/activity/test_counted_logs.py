"""Does the memory of counted logs hold what it was told, however DynamoDB answers?"""

from collections.abc import Callable
from threading import Barrier
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from lambda_src.activity.counted_logs import (
    AT_ONCE,
    LONGEST_WAITS,
    REMEMBERED_FOR,
    CountedLogs,
    Unprocessed,
    _key_of,
)
from tests.emulated.lambda_src.activity.conftest import TABLE

NOW = 1_800_000_000.0


class Tampered:
    """A DynamoDB client that leaves unprocessed what `leaves` picks of a request's items, `times` times."""

    def __init__(self, leaves: Callable[[list[Any]], list[Any]] = lambda _: [], times: int = 0) -> None:
        self._client: Any = boto3.client("dynamodb")
        self._leaves, self._times = leaves, times
        self.sizes: list[int] = []
        self.before_each: Callable[[], object] = lambda: None

    def _split(self, items: list[Any]) -> tuple[list[Any], list[Any]]:
        self.before_each()
        self.sizes.append(len(items))
        left = self._leaves(items) if self._times > 0 else []
        self._times -= 1
        return [item for item in items if item not in left], left

    def batch_get_item(self, *, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803 - boto3's name
        asked = RequestItems[TABLE]
        assert asked["ConsistentRead"]
        now, left = self._split(asked["Keys"])
        unprocessed = {TABLE: {**asked, "Keys": left}} if left else {}
        if not now:
            return {"Responses": {}, "UnprocessedKeys": unprocessed}
        answer = self._client.batch_get_item(RequestItems={TABLE: {**asked, "Keys": now}})
        return {"Responses": answer["Responses"], "UnprocessedKeys": unprocessed}

    def batch_write_item(self, *, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803 - boto3's name
        now, left = self._split(RequestItems[TABLE])
        if now:
            self._client.batch_write_item(RequestItems={TABLE: now})
        return {"UnprocessedItems": {TABLE: left} if left else {}}


def memory(client: Tampered, sleeps: list[float] | None = None) -> CountedLogs:
    sleep = (sleeps if sleeps is not None else []).append
    return CountedLogs(client, TABLE, now=lambda: NOW, sleep=sleep, random=lambda: 0.5)  # type: ignore[arg-type] # the methods that are used


def ids(count: int) -> list[str]:
    return [f"log-{number}" for number in range(count)]


def test_what_is_remembered_is_found_and_nothing_else() -> None:
    logs = memory(Tampered())
    assert logs.among(ids(5)) == set()
    logs.remember(ids(3))
    assert logs.among([*ids(5), *ids(5)]) == set(ids(3))
    assert logs.among([]) == set()


def test_a_batch_of_a_hundred_is_one_read_and_four_writes() -> None:
    client = Tampered()
    logs = memory(client)
    logs.among(ids(100))
    logs.remember(ids(100))
    assert client.sizes == [100, 25, 25, 25, 25]


def test_requests_go_out_together_and_no_more_than_may() -> None:
    client = Tampered()
    together = Barrier(AT_ONCE)
    client.before_each = lambda: together.wait(timeout=10)  # is broken, and raises, if fewer are under way
    memory(client).remember(ids(AT_ONCE * 25))
    assert client.sizes == [25] * AT_ONCE
    assert memory(Tampered()).among(ids(AT_ONCE * 25)) == set(ids(AT_ONCE * 25))


def test_one_request_that_fails_fails_them_all() -> None:
    client = Tampered(leaves=lambda items: items if len(items) < 25 else [], times=1_000)
    with pytest.raises(Unprocessed):
        memory(client).remember(ids(130))


def test_where_the_first_request_fails_what_the_others_hold_is_remembered() -> None:
    def with_the_first_log(items: list[Any]) -> list[Any]:
        return items if any(item["PutRequest"]["Item"]["id"]["S"] == _key_of("log-0") for item in items) else []

    with pytest.raises(Unprocessed):
        memory(Tampered(leaves=with_the_first_log, times=1_000)).remember(ids(500))
    assert memory(Tampered()).among(ids(500)) == set(ids(500)) - set(ids(25))


def test_more_than_a_request_holds_is_several() -> None:
    client = Tampered()
    logs = memory(client)
    logs.remember(ids(30))
    assert logs.among(ids(201)) == set(ids(30))
    assert sorted(client.sizes[:2]) == [5, 25]
    assert sorted(client.sizes[2:]) == [1, 100, 100]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_dynamodb_leaves_unprocessed_is_asked_for_again_and_later(times: int) -> None:
    sleeps: list[float] = []
    client = Tampered(leaves=lambda items: items[1:], times=times)
    memory(client, sleeps).remember(ids(10))
    assert client.sizes == [10, 9, 8, 7][: times + 1]
    assert sleeps == [wait / 2 for wait in LONGEST_WAITS[: times + 1]]
    reading = Tampered(leaves=lambda items: items[1:], times=times)
    assert memory(reading).among(ids(12)) == set(ids(10))


@pytest.mark.parametrize("operation", ["among", "remember"])
def test_what_stays_unprocessed_is_an_error_and_no_endless_loop(operation: str) -> None:
    client = Tampered(leaves=lambda items: items, times=100)
    with pytest.raises(Unprocessed, match="left items unprocessed 4 times in table counted"):
        getattr(memory(client), operation)(ids(3))
    assert client.sizes == [3, 3, 3, 3]


@pytest.mark.parametrize("operation", ["among", "remember"])
def test_a_table_that_is_missing_is_an_error(operation: str) -> None:
    boto3.client("dynamodb").delete_table(TableName=TABLE)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        getattr(memory(Tampered()), operation)(ids(3))


def test_any_log_id_is_remembered_as_itself() -> None:
    strange = ["x" * 100_000, "x" * 100_000 + "y", "\ud800", "\n\x00", "é", "e\u0301"]
    logs = memory(Tampered())
    logs.remember(strange[::2])
    assert logs.among(strange) == set(strange[::2])


def test_a_log_is_remembered_as_long_as_it_can_come_again_and_nothing_personal_is() -> None:
    memory(Tampered()).remember(["log-1"])
    (item,) = boto3.client("dynamodb").scan(TableName=TABLE)["Items"]
    assert item.keys() == {"id", "expiration"}
    assert int(item["expiration"]["N"]) == NOW + REMEMBERED_FOR.total_seconds()
    assert "log-1" not in str(item)
