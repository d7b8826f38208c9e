"""Is somebody called when something breaks, once, and told when it is over? Plain alarms only: no metric math here."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from lambda_src.auth0_events.generator import generate_logs
from tests.local.app.deployment import Deployment, eventually

pytestmark = pytest.mark.local
LETTERS = "InstancesInboxUndelivered"
RULE = "TenantChanges"
FAULTS = "/local-aws/faults"
LOG_ID = "an-event-that-cannot-be-delivered"


class Alarms:
    """The deployment's alarms, and the messages that a subscriber of their topic gets."""

    def __init__(self, deployed: Deployment) -> None:
        self._deployed = deployed
        self._cloudwatch, self._sqs = deployed.client("cloudwatch"), deployed.client("sqs")
        self._url = self._sqs.create_queue(QueueName="subscriber-of-alarms")["QueueUrl"]
        arn, topic = arn_of(deployed, self._url), deployed.outputs["AlarmTopicArn"]
        sns = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [{**sns, "Resource": arn}]})
        self._sqs.set_queue_attributes(QueueUrl=self._url, Attributes={"Policy": policy})
        deployed.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
        self._messages: list[dict[str, Any]] = []

    def state(self, id_: str) -> str:
        name = self._deployed.physical_id(id_)
        found = self._cloudwatch.describe_alarms(AlarmNames=[name], AlarmTypes=["MetricAlarm", "CompositeAlarm"])
        states = [str(alarm["StateValue"]) for alarm in (*found["MetricAlarms"], *found["CompositeAlarms"])]
        return ", ".join(states)

    def becomes(self, id_: str, state: str) -> bool:
        return eventually(lambda: self.state(id_) == state, seconds=120)

    def history(self, id_: str) -> str:
        items = self._cloudwatch.describe_alarm_history(AlarmName=self._deployed.physical_id(id_))["AlarmHistoryItems"]
        return json.dumps(items, default=str)

    def calls(self, id_: str) -> list[str]:
        """The new states that the topic told of this alarm, so far."""
        while batch := self._sqs.receive_message(QueueUrl=self._url, MaxNumberOfMessages=10).get("Messages"):
            self._messages += [json.loads(json.loads(message["Body"])["Message"]) for message in batch]
            for message in batch:
                self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])
        name = self._deployed.physical_id(id_)
        return [message["NewStateValue"] for message in self._messages if message["AlarmName"] == name]


def arn_of(deployed: Deployment, queue_url: str) -> str:
    asked = deployed.client("sqs").get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])
    return str(asked["Attributes"]["QueueArn"])


@pytest.fixture(scope="module")
def alarms(deployed: Deployment) -> Alarms:
    return Alarms(deployed)


@pytest.fixture
def unreachable_target(deployed: Deployment) -> Iterator[None]:
    """Another target of a rule, which does not exist, with the rule's own dead-letter queue; gone afterwards."""
    events, bus = deployed.client("events"), deployed.outputs["SimulationBusName"]
    queue = arn_of(deployed, deployed.physical_id(f"{LETTERS}Queue"))
    arn = f"arn:aws:lambda:us-east-1:{queue.split(':')[4]}:function:gone"
    target = {"Id": "gone", "Arn": arn, "DeadLetterConfig": {"Arn": queue}}
    events.put_targets(Rule=RULE, EventBusName=bus, Targets=[target])
    yield
    events.remove_targets(Rule=RULE, EventBusName=bus, Ids=["gone"])


def take_away(deployed: Deployment, log_id: str) -> None:
    """What `ops redrive` does to a letter in the end."""
    sqs, url = deployed.client("sqs"), deployed.physical_id(f"{LETTERS}Queue")
    for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]:
        if log_id in message["Body"]:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


@pytest.mark.usefixtures("unreachable_target")
def test_an_event_that_is_not_delivered_calls_once_and_the_alarms_that_explain_it_are_seen(
    deployed: Deployment, alarms: Alarms
) -> None:
    assert alarms.state(LETTERS) == "OK"
    deployed.send([{"log_id": LOG_ID, "type": "sapi"}])
    assert alarms.becomes(LETTERS, "ALARM")
    for explaining in ("Failing", "DeadLettered"):
        assert alarms.becomes(f"{RULE}OnSimulationBus{explaining}", "ALARM")
        assert alarms.calls(f"{RULE}OnSimulationBus{explaining}") == []
    assert alarms.state(f"{RULE}OnPartnerBusFailing") == "OK"
    assert alarms.state(f"{RULE}OnSimulationBusUnkept") == "OK"
    assert alarms.becomes("IntegrationUnhealthy", "ALARM")
    assert eventually(lambda: alarms.calls(LETTERS)) == ["ALARM"]
    take_away(deployed, LOG_ID)
    assert alarms.becomes(LETTERS, "OK")
    assert alarms.calls(LETTERS) == ["ALARM"]


@pytest.fixture
def nowhere_to_keep(deployed: Deployment) -> Iterator[None]:
    """EventBridge refuses every event, and the sender's undelivered queue is somewhere else."""
    ssm = deployed.client("ssm")
    ssm.put_parameter(Name=FAULTS, Value=json.dumps({"entry": 1}), Type="String", Overwrite=True)
    deployed.configure("SenderFunction", {"UNDELIVERED_QUEUE_URL": f"{deployed.physical_id('UndeliveredQueue')}-gone"})
    yield
    ssm.put_parameter(Name=FAULTS, Value="{}", Type="String", Overwrite=True)
    deployed.configure("SenderFunction", {"UNDELIVERED_QUEUE_URL": deployed.physical_id("UndeliveredQueue")})


@pytest.mark.usefixtures("nowhere_to_keep")
def test_an_event_that_the_sender_can_neither_send_nor_keep_calls(deployed: Deployment, alarms: Alarms) -> None:
    payload = json.dumps({"events": [{"log_id": "lost-1", "type": "s"}]}).encode()
    answer = deployed.client("lambda").invoke(FunctionName=deployed.outputs["SenderFunctionName"], Payload=payload)
    assert "UndeliveredLost" in json.loads(answer["Payload"].read())["errorType"]
    assert alarms.becomes("SenderLost", "ALARM")
    assert eventually(lambda: alarms.calls("SenderLost")) == ["ALARM"]


def test_the_alarm_for_a_silent_source_is_over_with_auth0s_first_event(deployed: Deployment, alarms: Alarms) -> None:
    deployed.auth0.send(generate_logs(codes=("s",), count=1, seed=301, now=datetime.now(UTC)))
    assert alarms.becomes("SourceSilent", "OK")
    assert "ALARM" in alarms.history("SourceSilent")
