"""What stands in for a deployed environment in the tests of the operator's commands?"""

import io
import json
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from ops.aws import Aws
from ops.environment import Environment
from ops.redrive.queues import dead_letter_queues
from ops.redrive.report import Report
from ops.redrive.run import redrive
from tests.emulated import made
from tests.unit.ops.names import ACCOUNT, ALERT, REGION, RULE, SENDER, event

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

DEAD_LETTER_QUEUES = (
    *("ActivityRouteUndelivered", "ActivityRouteUnprocessed", "AlertRouteUndelivered", "AlertRouteUnprocessed"),
    *("EventLogUndelivered", "TaskInboxUndelivered", "TaskInboxUnprocessed", "TaskNotStarted", "Undelivered"),
)


class FunctionError(Exception):
    """A function ends with it, as Lambda reports it."""


def fail(message: str) -> Any:
    raise FunctionError(message)


def refuse_all(_payload: Any) -> Any:
    raise ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": "Function not found"}}, "Invoke")


class FakeFunctions:
    """Lambda's Invoke: `answer(payload)` is what a function returns, or raises."""

    def __init__(self) -> None:
        self.answer: Callable[[Any], Any] = lambda _: None
        self.calls: list[tuple[str, Any]] = []

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803 - boto3's names
        self.calls.append((FunctionName, json.loads(Payload)))
        try:
            return {"Payload": io.BytesIO(json.dumps(self.answer(self.calls[-1][1])).encode())}
        except FunctionError as error:
            said = {"errorType": "FunctionError", "errorMessage": str(error)}
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(json.dumps(said).encode())}


@cache
def session() -> boto3.Session:
    """One for all tests: it reads boto3's descriptions of the services once."""
    return boto3.Session(region_name=REGION, aws_access_key_id="testing", aws_secret_access_key="testing")  # noqa: S106 - moto's


class FakeAws(Aws):
    def __init__(self) -> None:
        super().__init__(session())
        self.fake = FakeFunctions()

    @property
    def functions(self) -> "LambdaClient":
        return self.fake  # type: ignore[return-value] # the one method that is used


class World:
    """An environment's queues in moto: a task's inbox with its dead-letter queue among them."""

    def __init__(self) -> None:
        self.aws = FakeAws()
        self.urls = {name: made.queue(name) for name in DEAD_LETTER_QUEUES}
        policy = {"deadLetterTargetArn": self.queue_arn("TaskInboxUnprocessed"), "maxReceiveCount": "5"}
        self.urls["TaskInbox"] = made.queue("TaskInbox", RedrivePolicy=json.dumps(policy))
        resources = {("AWS::SQS::Queue", f"{name}Queue"): url for name, url in self.urls.items()}
        resources["AWS::Lambda::Function", "SenderFunction"] = SENDER
        resources["AWS::Lambda::Function", "AlertFunction"] = ALERT.rpartition(":")[2]
        self.environment = Environment(name="dev", aws=self.aws, resources=resources)

    @staticmethod
    def queue_arn(name: str) -> str:
        return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"

    def put(self, queue: str, body: Any, **attributes: str) -> None:
        values: Any = {key: {"DataType": "String", "StringValue": value} for key, value in attributes.items()}
        text = body if isinstance(body, str) else json.dumps(body)
        self.aws.sqs.send_message(QueueUrl=self.urls[queue], MessageBody=text, MessageAttributes=values)

    def put_rule_letter(self, queue: str, body: Any, target: str, rule: str = RULE) -> None:
        self.put(queue, body, RULE_ARN=rule, TARGET_ARN=target, ERROR_CODE="NO_PERMISSIONS", RETRY_ATTEMPTS="0")

    def put_undelivered(self, log_id: str) -> None:
        self.put("Undelivered", event(log_id), LOG_ID=log_id, ERROR_CODE="ThrottlingException", ATTEMPTS="4")

    def put_failed_event(self, payload: Any, function: str = ALERT) -> None:
        context = {"functionArn": f"{function}:$LATEST", "condition": "RetriesExhausted"}
        self.put("AlertRouteUnprocessed", {"requestContext": context, "requestPayload": payload})

    def visible(self, queue: str) -> list[str]:
        """The bodies of the messages that anybody could receive now."""
        found: dict[str, str] = {}
        while messages := self.aws.sqs.receive_message(
            QueueUrl=self.urls[queue], MaxNumberOfMessages=10, VisibilityTimeout=60
        ).get("Messages"):
            found |= {message["ReceiptHandle"]: message["Body"] for message in messages}
        for receipt in found:
            self.aws.sqs.change_message_visibility(
                QueueUrl=self.urls[queue], ReceiptHandle=receipt, VisibilityTimeout=0
            )
        return list(found.values())

    def report(self, *, go: bool = True) -> Report:
        return Report(environment="dev", is_dry_run=not go, started=time.time())

    def redrive(
        self,
        *queues: str,
        go: bool = True,
        limit: int | None = None,
        report: Report | None = None,
        wait: int = 0,
        pause: Callable[[float], object] = lambda _: None,
    ) -> Report:
        report = report or self.report(go=go)
        chosen = dead_letter_queues(self.environment, queues)
        redrive(self.environment, chosen, report, limit=limit, wait=wait, pause=pause, progress=lambda _: None)
        return report


def reasons(report: Report) -> list[str]:
    return [stay.reason for queue in report.queues for stay in queue.stays]
