"""What stands in for SQS and DynamoDB in the worker's tests?"""

import json
from collections.abc import Callable
from typing import Any

from worker_src.worker import Processed, Worker


def body(log_id: str) -> str:
    return json.dumps({"detail": {"log_id": log_id, "data": {"type": "sdu", "user_name": "somebody@example.com"}}})


class FakeSqs:
    """A queue whose invisible messages come back at once when it is asked again. `faults` are raised, one a request."""

    def __init__(self, *bodies: str, most_receives: int = 3) -> None:
        self.bodies = dict(enumerate(bodies))
        self.receives = dict.fromkeys(self.bodies, 0)
        self.dead: list[int] = []
        self.visibility: list[tuple[int, int]] = []
        self.faults: dict[str, list[Exception | None]] = {}
        self.when_empty: Callable[[], object] = lambda: None
        self._most_receives = most_receives

    def _fault(self, operation: str) -> None:
        fault = self.faults[operation].pop(0) if self.faults.get(operation) else None
        if fault:
            raise fault

    def receive_message(self, *, MaxNumberOfMessages: int, WaitTimeSeconds: int, **_: object) -> dict[str, Any]:  # noqa: N803 - boto3's names
        assert 1 <= WaitTimeSeconds <= 20
        self._fault("receive")
        for number in [number for number in self.bodies if self.receives[number] == self._most_receives]:
            self.dead.append(number)
            del self.bodies[number]
        numbers = list(self.bodies)[:MaxNumberOfMessages]
        if not numbers:
            self.when_empty()
            return {}
        for number in numbers:
            self.receives[number] += 1
        return {"Messages": [self._message(number) for number in numbers]}

    def _message(self, number: int) -> dict[str, Any]:
        count = {"ApproximateReceiveCount": str(self.receives[number])}
        return {
            "MessageId": f"m{number}",
            "ReceiptHandle": str(number),
            "Body": self.bodies[number],
            "Attributes": count,
        }

    def delete_message(self, *, ReceiptHandle: str, **_: object) -> None:  # noqa: N803 - boto3's name
        self._fault("delete")
        del self.bodies[int(ReceiptHandle)]

    def change_message_visibility(self, *, ReceiptHandle: str, VisibilityTimeout: int, **_: object) -> None:  # noqa: N803 - boto3's names
        self._fault("visibility")
        self.visibility.append((int(ReceiptHandle), VisibilityTimeout))

    def change_message_visibility_batch(self, *, Entries: list[dict[str, Any]], **_: object) -> None:  # noqa: N803 - boto3's name
        for entry in Entries:
            self.change_message_visibility(**entry)


class FakeDynamoDb:
    """A table. `faults` are raised, one a request."""

    def __init__(self) -> None:
        self.items: dict[str, dict[str, Any]] = {}
        self.faults: dict[str, list[Exception]] = {}

    def get_item(self, *, Key: dict[str, Any], ConsistentRead: bool, **_: object) -> dict[str, Any]:  # noqa: N803 - boto3's names
        assert ConsistentRead
        if self.faults.get("get"):
            raise self.faults["get"].pop(0)
        return {"Item": self.items[Key["id"]["S"]]} if Key["id"]["S"] in self.items else {}

    def put_item(self, *, Item: dict[str, Any], **_: object) -> None:  # noqa: N803 - boto3's name
        if self.faults.get("put"):
            raise self.faults["put"].pop(0)
        self.items[Item["id"]["S"]] = Item


def worker_of(sqs: FakeSqs, wait_seconds: int = 20, dynamodb: FakeDynamoDb | None = None) -> Worker:
    processed = Processed(dynamodb or FakeDynamoDb(), "processed")  # type: ignore[arg-type] # the methods that are used
    return Worker(sqs, "https://queue", wait_seconds, processed)  # type: ignore[arg-type] # the methods that are used
