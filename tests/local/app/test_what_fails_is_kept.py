"""Each dead-letter path once. The later tests break the deployment for good, each its own part: they run last."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from lambda_src.auth0_events.generator import generate_logs
from tests.local.app.deployment import POISON_FOR_THE_INSTANCE, POISON_FOR_THE_TASK, Deployment, eventually

pytestmark = pytest.mark.local
FAULTS = "/local-aws/faults"


def send_one(deployed: Deployment, code: str, seed: int) -> str:
    (log_id,) = deployed.auth0.send(generate_logs(codes=(code,), count=1, seed=seed, now=datetime.now(UTC)))
    return log_id


def assert_kept_at_once(deployed: Deployment, queue: str, log_id: str, *, target: str) -> None:
    """In a rule's dead-letter queue, with the reason, and without a retry: the target does not exist."""
    letter = deployed.letter_about(queue, log_id)
    assert letter["ERROR_CODE"] == "NO_RESOURCE"
    assert letter["RETRY_ATTEMPTS"] == "0"
    assert target in letter["TARGET_ARN"]
    assert ":rule/" in letter["RULE_ARN"]


@pytest.fixture
def throttled(deployed: Deployment) -> Iterator[None]:
    ssm = deployed.client("ssm")
    ssm.put_parameter(Name=FAULTS, Value=json.dumps({"entry": 1}), Type="String", Overwrite=True)
    yield
    ssm.put_parameter(Name=FAULTS, Value="{}", Type="String", Overwrite=True)


@pytest.mark.usefixtures("throttled")
def test_an_event_that_the_sender_gives_up_on_is_in_the_undelivered_queue(deployed: Deployment) -> None:
    answer = deployed.send([{"log_id": "throttled-1", "type": "s"}])
    assert (answer["sent"], answer["failed"], answer["retried"]) == (0, 1, 1)
    assert answer["failures"][0]["attempts"] == 4
    letter = deployed.letter_about("UndeliveredQueue", "throttled-1")
    assert (letter["LOG_ID"], letter["ERROR_CODE"], letter["ATTEMPTS"]) == ("throttled-1", "ThrottlingException", "4")


def test_a_wrong_asynchronous_request_to_the_sender_is_kept_with_its_error(deployed: Deployment) -> None:
    function = deployed.outputs["SenderFunctionName"]
    deployed.client("lambda").invoke(FunctionName=function, InvocationType="Event", Payload=b'{"count": "many"}')
    (letter,) = eventually(lambda: deployed.letters("FailedQueue"))
    assert 'count is "many"' in json.loads(letter["Body"])["responsePayload"]["errorMessage"]


def test_a_record_that_is_no_event_is_named_in_the_streams_dead_letter_queue_and_the_others_flow(
    deployed: Deployment,
) -> None:
    deployed.put_raw_record(b"no JSON at all")
    log_id = send_one(deployed, "s", 202)
    assert eventually(
        lambda: any("KinesisBatchInfo" in m["Body"] for m in deployed.letters("ActivityRouteUnprocessedQueue"))
    )
    assert [row.missing for row in deployed.complete_ledger({log_id: "s"})] == [[], [], [], [], []]


def test_an_alert_that_cannot_be_published_is_kept_after_three_tries(deployed: Deployment) -> None:
    deployed.client("sns").delete_topic(TopicArn=deployed.physical_id("AlertTopic"))
    log_id = send_one(deployed, "limit_wc", 203)
    message = eventually(lambda: [m for m in deployed.letters("AlertRouteUnprocessedQueue") if log_id in m["Body"]])
    assert json.loads(message[0]["Body"])["requestContext"]["approximateInvokeCount"] == 3


def test_an_event_for_a_function_that_is_gone_is_kept(deployed: Deployment) -> None:
    deployed.client("lambda").delete_function(FunctionName=deployed.physical_id("AlertFunction"))
    log_id = send_one(deployed, "limit_mu", 204)
    assert_kept_at_once(deployed, "AlertRouteUndeliveredQueue", log_id, target=":function:")


def test_an_event_whose_task_cannot_be_started_is_kept_and_its_inbox_has_it(deployed: Deployment) -> None:
    ecs, cluster = deployed.client("ecs"), deployed.physical_id("TaskCluster")
    # AWS deletes none in which a task runs: it would read the inbox for a while
    eventually(lambda: not ecs.list_tasks(cluster=cluster)["taskArns"])
    ecs.delete_cluster(cluster=cluster)
    log_id = send_one(deployed, "sdu", 205)
    assert_kept_at_once(deployed, "TaskNotStartedQueue", log_id, target=":cluster/")
    assert any(log_id in message["Body"] for message in deployed.letters("TaskInboxQueue"))


def test_an_event_for_a_log_group_that_is_gone_is_kept(deployed: Deployment) -> None:
    deployed.client("logs").delete_log_group(logGroupName=deployed.outputs["EventLogGroupName"])
    log_id = send_one(deployed, "s", 208)
    assert_kept_at_once(deployed, "EventLogUndeliveredQueue", log_id, target=":log-group:")


def test_an_event_for_a_stream_that_is_gone_is_kept(deployed: Deployment) -> None:
    deployed.client("kinesis").delete_stream(StreamName=deployed.physical_id("ActivityRouteStream"))
    log_id = send_one(deployed, "s", 209)
    assert_kept_at_once(deployed, "ActivityRouteUndeliveredQueue", log_id, target=":stream/")


def test_a_message_that_no_task_can_process_ends_in_the_inboxes_dead_letter_queue(deployed: Deployment) -> None:
    letters = eventually(lambda: deployed.letters("TaskInboxUnprocessedQueue"), seconds=120)
    assert [letter["Body"] for letter in letters] == [POISON_FOR_THE_TASK]


def test_a_message_that_no_instance_can_process_ends_in_the_inboxes_dead_letter_queue(deployed: Deployment) -> None:
    letters = eventually(lambda: deployed.letters("InstancesInboxUnprocessedQueue"), seconds=120)
    assert [letter["Body"] for letter in letters] == [POISON_FOR_THE_INSTANCE]


@pytest.mark.parametrize(("worker", "code", "seed"), [("Task", "sdu", 206), ("Instances", "sapi", 207)])
def test_an_event_for_an_inbox_that_is_gone_is_kept(deployed: Deployment, worker: str, code: str, seed: int) -> None:
    deployed.client("sqs").delete_queue(QueueUrl=deployed.physical_id(f"{worker}InboxQueue"))
    log_id = send_one(deployed, code, seed)
    assert_kept_at_once(deployed, f"{worker}InboxUndeliveredQueue", log_id, target=":sqs:")
