"""Is what AWS does not tell said, and does it hide nothing else?"""

from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from tests.emulated.ops.status.account import SOURCE, Account
from tests.emulated.ops.status.conftest import Status
from tests.emulated.ops.status.told import only, rows


@pytest.mark.parametrize(
    ("operation", "reason", "part"),
    [
        ("GetParameter", "ssm:GetParameter", "stacks"),
        ("ListEventSources", "events:ListEventSources", "source"),
        ("DescribeEventBus", "events:DescribeEventBus", "buses"),
        ("GetMetricData", "cloudwatch:GetMetricData", "buses"),
        ("DescribeArchive", "events:DescribeArchive", "archives"),
        ("ListTargetsByRule", "events:ListTargetsByRule", "rules"),
        ("GetQueueAttributes", "sqs:GetQueueAttributes", "dead letters"),
        ("GetFunctionConfiguration", "lambda:GetFunctionConfiguration", "functions"),
        ("GetEventSourceMapping", "lambda:GetEventSourceMapping", "readers"),
        ("FilterLogEvents", "logs:FilterLogEvents", "sender"),
        ("DescribeLogGroups", "logs:DescribeLogGroups", "places"),
        ("DescribeStreamSummary", "kinesis:DescribeStreamSummary", "places"),
        ("DescribeClusters", "ecs:DescribeClusters", "places"),
        ("DescribeAlarms", "cloudwatch:DescribeAlarms", "alarms"),
        ("ListSubscriptionsByTopic", "sns:ListSubscriptionsByTopic", "told"),
    ],
)
def test_a_permission_that_is_missing_hides_nothing_else(
    account: Account, status: Status, operation: str, reason: str, part: str
) -> None:
    whole = {(row["part"], row["name"]) for row in status()["seen"]}
    account.denied = {operation}
    told = status()
    (finding,) = told["needs_you"]
    assert finding["part"] == part
    assert finding["what"].endswith(f"not seen: AccessDeniedException on {reason}")
    seen = {(row["part"], row["name"]) for row in told["seen"] if row["mark"] != "not_seen"}
    hidden = {each for each in whole - seen if each[0] not in (part, "inboxes")}
    assert (hidden, bool(seen)) == (set(), True)


def test_without_the_right_to_see_the_stacks_the_source_is_seen(account: Account, status: Status) -> None:
    account.denied = {"DescribeStacks"}
    told = status(SOURCE)
    assert told["needs_you"][0]["what"].startswith("EventBus, Targets, Sender, Monitoring: not seen: AccessDenied")
    assert rows(told, "source")[SOURCE]["state"] == "ACTIVE"


def test_a_service_that_does_not_answer_hides_nothing_else(
    account: Account, status: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(_asked: object) -> Any:
        raise EndpointConnectionError(endpoint_url="https://sns.example.com")

    monkeypatch.setattr(account, "list_subscriptions_by_topic", unreachable)
    told = status()
    assert "not seen: sns: Could not connect" in only(told)[1]
    assert told["needs_you"][0]["do"] == "Look again in a minute."
