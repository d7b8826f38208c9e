import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from demo.auth0 import EVENT_SOURCE
from lambda_src.activity.counted_types import METRICS
from lambda_src.auth0_events.envelope import DETAIL_TYPE
from ops.ends import lines
from stacks.route import Target
from tests.hostile.injection import FIELDS, FORGED, PAYLOADS, detail_of, payload, with_field
from tests.local.app.deployment import Deployment, eventually

pytestmark = pytest.mark.local
# One for each kind of target; all of them go to the stream and the event log too.
TYPES = {
    "hostile-alert": "limit_wc",
    "hostile-task": "sdu",
    "hostile-instance": "sapi",
    "hostile-new": "brand_new_type",
}
NAMES_OUR_EVENT = ("log_id", "type")  # whatever is in them, the tests have to know it again


def hostile(log_id: str, log_type: str, canary: Path) -> dict[str, Any]:
    """An event's detail with every payload in every field but those that tell which event it is."""
    everything = "".join(payload(name, canary) for name in PAYLOADS if not name.startswith("long"))
    detail = detail_of(log_id, log_type)
    for path in FIELDS:
        if path[-1] not in NAMES_OUR_EVENT:
            detail = with_field(detail, path, everything)
    detail["data"]["user_agent"] += "A" * 200_000
    return detail


@dataclass
class Sent:
    details: dict[str, dict[str, Any]]
    canary: Path


@pytest.fixture(scope="module")
def sent(deployed: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    """Four hostile events, sent once, and at the end of all of their routes."""
    canary = tmp_path_factory.mktemp("canary") / "canary"
    details = {log_id: hostile(log_id, log_type, canary) for log_id, log_type in TYPES.items()}
    answer = deployed.send(details.values())
    assert (answer["sent"], answer["failed"]) == (4, 0)
    for row in deployed.complete_ledger(TYPES):
        assert (row.route, row.missing, row.unexpected) == (row.route, [], [])
    yield Sent(details, canary)
    assert not canary.exists()


def test_the_event_log_has_each_event_as_it_was_sent(deployed: Deployment, sent: Sent) -> None:
    written = [line["detail"] for line in lines(deployed.client("logs"), deployed.outputs["EventLogGroupName"])]
    assert {detail["log_id"]: detail for detail in written if detail["log_id"] in TYPES} == sent.details


def test_an_inbox_gets_each_event_as_it_was_sent(deployed: Deployment, tmp_path: Path) -> None:
    """In an inbox beside the deployed ones, which the workers empty: the same bus, and the same kind of target."""
    events, sqs = deployed.client("events"), deployed.client("sqs")
    url, arn = new_queue(sqs, "inbox-reader")
    rule = {"Name": "inbox-reader", "EventBusName": deployed.physical_id("SimulationBus")}
    events.put_rule(**rule, EventPattern='{"detail": {"log_id": ["hostile-read"]}}')
    events.put_targets(Rule=rule["Name"], EventBusName=rule["EventBusName"], Targets=[{"Id": "1", "Arn": arn}])
    detail = hostile("hostile-read", "brand_new_type", tmp_path / "canary")
    try:
        deployed.send([detail])
        (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"]
    finally:  # other tests look at the rules of this bus
        events.remove_targets(Rule=rule["Name"], EventBusName=rule["EventBusName"], Ids=["1"])
        events.delete_rule(**rule)
    assert json.loads(message["Body"])["detail"] == detail
    assert json.loads(message["Body"]).keys() == {
        *("version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"),
    }


def new_queue(sqs: Any, name: str) -> tuple[str, str]:
    """Its URL and ARN; a topic and a rule may send to it."""
    services = {"Service": ["sns.amazonaws.com", "events.amazonaws.com"]}
    allowed = {"Effect": "Allow", "Principal": services, "Action": "sqs:SendMessage", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    url = sqs.create_queue(QueueName=name, Attributes={"Policy": policy})["QueueUrl"]
    return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


@pytest.mark.usefixtures("sent")
def test_no_program_logs_a_forged_line_or_metric(deployed: Deployment) -> None:
    seen = 0
    for output in ("ActivityLogGroupName", "AlertLogGroupName", "TaskLogGroupName", "InstancesLogGroupName"):
        for line in lines(deployed.client("logs"), deployed.outputs[output]):
            seen += 1
            assert FORGED not in json.dumps(line)
            for directive in line.get("_aws", {}).get("CloudWatchMetrics", ()):
                assert {metric["Name"] for metric in directive["Metrics"]} <= {"Events", "Attacks", *METRICS}
                assert {name for names in directive["Dimensions"] for name in names} <= {"service", "log_type"}
    assert seen > len(TYPES)
    assert not any(FORGED in ids for ids in deployed.customer.arrivals(deployed.outputs).values())


@pytest.mark.usefixtures("sent")
def test_no_task_is_started_with_anything_of_an_event(deployed: Deployment) -> None:
    ecs = deployed.client("ecs")
    cluster = deployed.physical_id("TaskCluster")
    arns = [
        arn
        for state in ("RUNNING", "STOPPED")
        for arn in ecs.list_tasks(cluster=cluster, desiredStatus=state)["taskArns"]
    ]
    tasks = ecs.describe_tasks(cluster=cluster, tasks=arns)["tasks"]
    assert tasks
    for task in tasks:
        overrides = task.get("overrides", {})
        assert overrides.keys() <= {"containerOverrides", "inferenceAcceleratorOverrides"}
        assert all(set(container) <= {"name"} for container in overrides.get("containerOverrides", ()))


def test_an_alert_with_hostile_fields_is_one_readable_message(deployed: Deployment, tmp_path: Path) -> None:
    sqs, sns = deployed.client("sqs"), deployed.client("sns")
    url, arn = new_queue(sqs, "alert-reader")
    sns.subscribe(
        TopicArn=deployed.physical_id("AlertTopic"), Protocol="sqs", Endpoint=arn,
        Attributes={"RawMessageDelivery": "true"},
    )  # fmt: skip
    deployed.send([hostile("hostile-5", "pwd_leak", tmp_path / "canary")])
    (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"]
    assert "hostile-5" in message["Body"]
    assert len(message["Body"].encode()) < 10_000
    assert not [line for line in message["Body"].splitlines() if line.startswith(("Subject:", "{"))]


def test_an_event_without_data_is_in_the_event_log_and_kept_for_the_stream(deployed: Deployment) -> None:
    """Auth0 always sends `data`: were it to stop, nothing may break, and nothing may be lost."""
    entry: Any = {"Source": EVENT_SOURCE, "DetailType": DETAIL_TYPE, "Detail": '{"log_id": "no-data"}'}
    assert deployed.auth0.events.put_partner_events(Entries=[entry])["FailedEntryCount"] == 0
    assert eventually(lambda: deployed.arrivals()[Target.EVENT_LOG]["no-data"]) == 1
    assert eventually(lambda: deployed.letters("ActivityRouteUnprocessedQueue"))
