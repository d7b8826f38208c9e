"""Does a matched event reach its target, and where does it stay if it does not?

Emulated for the kinds in SENDERS (the others are left to ministack): a target takes the whole event or its constant
`Input`, with retries within its policy (AWS's hours are seconds here) and the dead-letter queue with its message
attributes. Not emulated: input paths and transformers, partition keys, the container overrides of a task. Ours: the
value NonRetryableError.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

import asyncio
import base64
import json
import logging
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from ministack.services import cloudwatch_logs, ecs, kinesis, sqs
from ministack.services import eventbridge as events
from ministack.services import lambda_svc as functions

from local_aws.seams import ministacks, replaces

RETRY_BASE_SECONDS = 0.2
MAX_RETRIES = 5  # AWS: 185 in 24 hours
RETRYABLE = ("Throttling", "ProvisionedThroughputExceeded", "Internal", "ServiceUnavailable", "LimitExceeded")
Data = dict[str, Any]
log = logging.getLogger(__name__)
# The launcher's, which sets it. ministack's HTTP handlers run on it, and replace a queue's list of messages while they
# work: an append from another thread can vanish. So everything that delivers runs on it too.
event_loop = cast("asyncio.AbstractEventLoop", None)


def soon(function: Callable[..., object], *arguments: object, after: float = 0) -> None:
    """Runs it on the event loop, `after` so many seconds, for the account and region of the caller."""
    event_loop.call_soon_threadsafe(event_loop.call_later, after, function, *arguments)


class Undeliverable(Exception):
    """`code` as EventBridge's dead-letter queues name it; `retryable`: another attempt may succeed."""

    def __init__(self, code: str, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.code, self.retryable = code, retryable


def send(arn: str, body: str, attributes: Mapping[str, str] | None = None) -> None:
    """To an SQS queue. Raises Undeliverable."""
    values = {key: {"DataType": "String", "StringValue": value} for key, value in (attributes or {}).items()}
    if not (queue := sqs._queue_by_arn(arn)):
        raise Undeliverable("NO_RESOURCE", f"{arn} does not exist")
    try:
        sqs._act_send_message({"MessageBody": body, "MessageAttributes": values}, queue["url"])
    except sqs._Err as error:
        raise Undeliverable("SDK_CLIENT_ERROR", str(error)) from error


def to_function(arn: str, _target: Data, payload: str) -> None:
    function, config, _ = functions._get_func_record_for_ref(arn)
    if not function:
        raise Undeliverable("NO_RESOURCE", f"{arn} does not exist")
    record = functions._execution_record_for_config(function, config)
    functions.invoke_async_with_retry(record, json.loads(payload))


def to_queue(arn: str, _target: Data, payload: str) -> None:
    send(arn, payload)


def to_stream(arn: str, _target: Data, payload: str) -> None:
    data = base64.b64encode(payload.encode()).decode()
    answer(kinesis._put_record({"StreamARN": arn, "PartitionKey": str(uuid.uuid4()), "Data": data}))


def to_log_group(arn: str, _target: Data, payload: str) -> None:
    stream = {"logGroupName": arn.split(":log-group:")[1], "logStreamName": str(uuid.uuid4())}
    answer(cloudwatch_logs._create_log_stream(stream))
    event = {"timestamp": int(time.time() * 1000), "message": payload}
    answer(cloudwatch_logs._put_log_events({**stream, "logEvents": [event]}))


def to_task(arn: str, target: Data, _payload: str) -> None:
    if ecs._resolve_cluster_name(arn) not in ecs._clusters:  # ministack would make one
        raise Undeliverable("NO_RESOURCE", f"{arn} does not exist")
    answer(ecs._run_task({"cluster": arn, "taskDefinition": target["EcsParameters"]["TaskDefinitionArn"]}))


SENDERS: dict[str, Callable[[str, Data, str], None]] = {
    "lambda": to_function,
    "sqs": to_queue,
    "kinesis": to_stream,
    "logs": to_log_group,
    "ecs": to_task,
}


def answer(response: tuple[int, Any, Any]) -> None:
    """Takes one of ministack's own answers. Raises Undeliverable."""
    if response[0] >= 400:
        error = json.loads(response[2])
        code = str(error.get("__type")).rpartition("#")[2]
        known = "NO_RESOURCE" if code == "ResourceNotFoundException" else code
        raise Undeliverable(known, str(error.get("message")), retryable=code.startswith(RETRYABLE))


@replaces(events, "_invoke_target")
def invoke_target(target: Data, event: Data, rule: Data, view: Any = None) -> None:
    if target["Arn"].split(":")[2] not in SENDERS:
        ministacks(invoke_target)(target, event, rule, view)
    else:
        soon(Delivery(target, rule, (view or events._pattern_event_view(event)).event_with_detail()).attempt)


@dataclass
class Delivery:
    """One event on its way to one target."""

    target: Data
    rule: Data
    event: Data
    retries: int = 0
    started: float = field(default_factory=time.time)

    def attempt(self) -> None:
        arn = self.target["Arn"]
        try:
            SENDERS[arn.split(":")[2]](arn, self.target, self.target.get("Input") or json.dumps(self.event))
        except Undeliverable as error:
            self.failed(error)
        except Exception as error:
            log.exception("delivery to %s", arn)  # a bug of ours or ministack's must not lose the event
            self.failed(Undeliverable("INTERNAL", repr(error)))

    def failed(self, error: Undeliverable) -> None:
        policy, wait = self.target.get("RetryPolicy") or {}, RETRY_BASE_SECONDS * 2**self.retries
        if not error.retryable:
            self.give_up(error, "NonRetryableError")
        elif time.time() + wait - self.started > float(policy.get("MaximumEventAgeInSeconds", 86400)):
            self.give_up(error, "MaximumEventAgeInSeconds")
        elif self.retries >= min(int(policy.get("MaximumRetryAttempts", 185)), MAX_RETRIES):
            self.give_up(error, "MaximumRetryAttempts")
        else:
            self.retries += 1
            soon(self.attempt, after=wait)

    def give_up(self, error: Undeliverable, condition: str) -> None:
        log.warning("event %s not delivered to %s: %s", self.event["id"], self.target["Arn"], error.code)
        attributes = {"RULE_ARN": self.rule["Arn"], "TARGET_ARN": self.target["Arn"]}
        attributes |= {"ERROR_CODE": error.code, "ERROR_MESSAGE": str(error)}
        attributes |= {"EXHAUSTED_RETRY_CONDITION": condition, "RETRY_ATTEMPTS": str(self.retries)}
        if queue := (self.target.get("DeadLetterConfig") or {}).get("Arn"):
            send(queue, json.dumps(self.event), attributes)
