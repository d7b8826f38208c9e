import json
from pathlib import Path
from typing import Any

import pytest

from demo.auth0 import EVENT_SOURCE
from lambda_src.auth0_events.envelope import DETAIL_TYPE
from stacks.route import Target
from tests.local.app.deployment import Deployment, eventually

pytestmark = pytest.mark.local


def hostile(log_id: str, log_type: str, canary: Path) -> dict[str, Any]:
    """Payloads in every field that whoever logs in can choose."""
    payload = (
        f'"}}]}}, $(touch {canary}) `touch {canary}`; touch {canary} #\r\n'
        'Subject: spoofed\n{"message": "event processed", "log_id": "forged"}\x00\u202e\u2028'
    )
    return {
        "log_id": log_id,
        "type": log_type,
        "date": payload,
        "description": payload,
        "connection": payload,
        "client_name": payload,
        "ip": payload,
        "user_agent": payload + "A" * 200_000,
        "user_name": payload,
        "tenant_name": payload,
        "details": {payload: [payload, {"request": {"body": payload}}]},
    }


def test_hostile_events_are_delivered_and_stay_data(deployed: Deployment, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    types = {"hostile-1": "limit_wc", "hostile-2": "sdu", "hostile-3": "sapi", "hostile-4": "brand_new_type"}
    answer = deployed.send(hostile(log_id, log_type, canary) for log_id, log_type in types.items())
    assert (answer["sent"], answer["failed"]) == (4, 0)
    for row in deployed.complete_ledger(types):
        assert (row.route, row.missing, row.unexpected) == (row.route, [], [])
    assert not canary.exists()
    assert not any("forged" in seen for seen in deployed.customer.arrivals(deployed.outputs).values())


def test_an_alert_with_hostile_fields_is_one_readable_message(deployed: Deployment, tmp_path: Path) -> None:
    sqs, sns = deployed.client("sqs"), deployed.client("sns")
    allowed = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{**allowed, "Resource": "*"}]})
    queue = sqs.create_queue(QueueName="alert-reader", Attributes={"Policy": policy})["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(
        TopicArn=deployed.physical_id("AlertTopic"), Protocol="sqs", Endpoint=arn,
        Attributes={"RawMessageDelivery": "true"},
    )  # fmt: skip
    deployed.send([hostile("hostile-5", "pwd_leak", tmp_path / "canary")])
    (message,) = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20)["Messages"]
    assert "hostile-5" in message["Body"]
    assert len(message["Body"].encode()) < 10_000
    assert not [line for line in message["Body"].splitlines() if line.startswith(("Subject:", "{"))]


def test_an_event_without_data_is_in_the_event_log_and_kept_for_the_stream(deployed: Deployment) -> None:
    """Auth0 always sends `data`: were it to stop, nothing may break, and nothing may be lost."""
    entry: Any = {"Source": EVENT_SOURCE, "DetailType": DETAIL_TYPE, "Detail": '{"log_id": "no-data"}'}
    assert deployed.auth0.events.put_partner_events(Entries=[entry])["FailedEntryCount"] == 0
    assert eventually(lambda: deployed.customer.arrivals(deployed.outputs)[Target.EVENT_LOG]["no-data"]) == 1
    assert eventually(lambda: deployed.letters("ActivityRouteUnprocessedQueue"))
