"""How often is a delivery tried, and what does the dead-letter queue say of it?"""

import asyncio
from typing import Any

import pytest
from ministack.services import cloudwatch

from local_aws import delivery

RULE = {"Arn": "arn:aws:events:us-east-1:000000000000:rule/bus/rule", "Name": "rule", "EventBusName": "bus"}
TARGET = {"Arn": "arn:aws:busy:us-east-1:000000000000:it", "DeadLetterConfig": {"Arn": "dead"}}


@pytest.mark.parametrize(
    ("code", "asked", "tries", "condition"),
    [
        ("ThrottlingException", 1, 2, "MaximumRetryAttempts"),
        ("ThrottlingException", 0, 1, "MaximumRetryAttempts"),
        ("NO_RESOURCE", 1, 1, "NonRetryableError"),
    ],
)
def test_retries_are_used_up_before_an_event_is_kept_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, code: str, asked: int, tries: int, condition: str
) -> None:
    tried: list[str] = []
    kept: list[tuple[str, dict[str, str]]] = []

    def busy(_arn: str, payload: str, _target: dict[str, Any]) -> None:
        tried.append(payload)
        raise delivery.Undeliverable(code, "no")

    async def deliver() -> None:
        monkeypatch.setattr(delivery, "event_loop", asyncio.get_running_loop())
        monkeypatch.setattr(delivery, "send", lambda queue, _body, **attributes: kept.append((queue, attributes)))
        monkeypatch.setitem(delivery.SENDERS, "busy", busy)
        delivery.deliver(TARGET | {"RetryPolicy": {"MaximumRetryAttempts": asked}}, RULE, {"id": "1"}, 0)
        while not kept:
            await asyncio.sleep(0.01)

    cloudwatch.reset()
    asyncio.run(deliver())
    assert tried == ['{"id": "1"}'] * tries
    attributes = {"RULE_ARN": RULE["Arn"], "TARGET_ARN": TARGET["Arn"], "ERROR_CODE": code, "ERROR_MESSAGE": "no"}
    attributes |= {"EXHAUSTED_RETRY_CONDITION": condition, "RETRY_ATTEMPTS": str(tries - 1)}
    assert kept == [("dead", attributes)]
    assert [counted(name) for name in ("RetryInvocationAttempts", "Invocations")] == [tries - 1, 1]


def counted(name: str) -> int:
    points = cloudwatch._metrics.get(("AWS/Events", name, "EventBusName=bus|RuleName=rule")) or []
    return sum(point["Count"] for point in points)
