"""Does a matched event reach its target, and where does it stay if it does not?

Emulated for the kinds in SENDERS: a target takes the whole event or its constant `Input`, with retries (AWS's hours are
seconds here) and the dead-letter queue with its message attributes. Not emulated: other kinds, input paths and
transformers, partition keys, the overrides of a task, an event's age. Ours: the value NonRetryableError.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

import asyncio
import base64
import json
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any, cast

from ministack.services import cloudwatch_logs, ecs, kinesis, lambda_svc, sqs
from ministack.services import eventbridge as events

from local_aws.metrics import count_of
from local_aws.seams import ministacks, replaces

RETRY_BASE_SECONDS = 0.2
MAX_RETRIES = 5  # AWS: 185 in 24 hours
EVENT_STREAM = "events"
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
    """`code` as EventBridge's dead-letter queues name it; if retryable, another attempt may succeed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.is_retryable = code, code.startswith(RETRYABLE)


def send(arn: str, body: str, _target: Data | None = None, /, **attributes: str) -> None:
    """To an SQS queue. Raises Undeliverable."""
    values = {key: {"DataType": "String", "StringValue": value} for key, value in attributes.items()}
    try:
        url = existing(sqs._queue_by_arn(arn), arn)["url"]
        sqs._act_send_message({"MessageBody": body, "MessageAttributes": values}, url)
    except sqs._Err as error:
        raise Undeliverable("SDK_CLIENT_ERROR", str(error)) from error


def existing(found: Any, arn: str) -> Any:
    if not found:
        raise Undeliverable("NO_RESOURCE", f"{arn} does not exist")
    return found


def to_function(arn: str, payload: str, _target: Data) -> None:
    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    record = lambda_svc._execution_record_for_config(existing(function, arn), config)
    lambda_svc.invoke_async_with_retry(record, json.loads(payload))


def to_stream(arn: str, payload: str, _target: Data) -> None:
    data = base64.b64encode(payload.encode()).decode()
    accepted(kinesis._put_record({"StreamARN": arn, "PartitionKey": str(uuid.uuid4()), "Data": data}))


@replaces(kinesis, "_expire_records")
def expire_records(stream: Data) -> None:
    """ministack looks at every record again for each one that comes; the oldest one is the first."""
    oldest = time.time() - stream["RetentionPeriodHours"] * 3600
    firsts = (shard["records"][0] for shard in stream["shards"].values() if shard["records"])
    if any(record["ApproximateArrivalTimestamp"] < oldest for record in firsts):
        ministacks(expire_records)(stream)


def to_log_group(arn: str, payload: str, _target: Data) -> None:
    """Into one stream: what reads the group looks at each of its streams."""
    stream = {"logGroupName": arn.split(":log-group:")[1], "logStreamName": EVENT_STREAM}
    cloudwatch_logs._create_log_stream(stream)  # refused once it is there
    event = {"timestamp": int(time.time() * 1000), "message": payload}
    accepted(cloudwatch_logs._put_log_events({**stream, "logEvents": [event]}))


def to_task(arn: str, _payload: str, target: Data) -> None:
    existing(ecs._resolve_cluster_name(arn) in ecs._clusters, arn)  # ministack would make one
    accepted(ecs._run_task({"cluster": arn, "taskDefinition": target["EcsParameters"]["TaskDefinitionArn"]}))


def accepted(response: tuple[int, Any, Any]) -> None:
    """Takes one of ministack's own answers. Raises Undeliverable."""
    if response[0] >= 400:
        error = json.loads(response[2])
        code = str(error.get("__type")).rpartition("#")[2]
        raise Undeliverable("NO_RESOURCE" if code == "ResourceNotFoundException" else code, str(error.get("message")))


SENDERS: dict[str, Callable[[str, str, Data], None]] = {
    "lambda": to_function,
    "sqs": send,
    "kinesis": to_stream,
    "logs": to_log_group,
    "ecs": to_task,
}


@replaces(events, "_matches_pattern_view")
def matches(pattern_str: str, view: Any, owner: str = "rule") -> bool:
    """Of the rules that match a replay's event, only those of its FilterArns do."""
    if not (matched := bool(ministacks(matches)(pattern_str, view, owner))):
        return False
    if rule := events._rules.get(owner.removeprefix("rule ")):
        replay = events._replays.get(view.envelope().get("replay-name")) or {"Destination": {}}
        matched = rule["Arn"] in (replay["Destination"].get("FilterArns") or [rule["Arn"]])
        count_of(rule, *["MatchedEvents", "TriggeredRules"] * matched)
    return matched


@replaces(events, "_invoke_target")
def invoke_target(target: Data, event: Data, rule: Data, view: Any = None) -> None:
    soon(deliver, target, rule, (view or events._pattern_event_view(event)).event_with_detail(), 0)


def deliver(target: Data, rule: Data, event: Data, retries: int) -> None:
    arn = target["Arn"]
    try:
        SENDERS[arn.split(":")[2]](arn, target.get("Input") or json.dumps(event), target)
    except Undeliverable as error:
        asked = int((target.get("RetryPolicy") or {}).get("MaximumRetryAttempts", MAX_RETRIES))
        if error.is_retryable and retries < min(asked, MAX_RETRIES):
            count_of(rule, "RetryInvocationAttempts")
            soon(deliver, target, rule, event, retries + 1, after=RETRY_BASE_SECONDS * 2**retries)
            return
        count_of(rule, "FailedInvocations")
        give_up(target, rule, event, retries, error)
    count_of(rule, "Invocations")


def give_up(target: Data, rule: Data, event: Data, retries: int, error: Undeliverable) -> None:
    log.warning("event %s not delivered to %s: %s", event["id"], target["Arn"], error.code)
    condition = "MaximumRetryAttempts" if error.is_retryable else "NonRetryableError"
    where = {"RULE_ARN": rule["Arn"], "TARGET_ARN": target["Arn"], "EXHAUSTED_RETRY_CONDITION": condition}
    why = {"ERROR_CODE": error.code, "ERROR_MESSAGE": str(error), "RETRY_ATTEMPTS": str(retries)}
    if queue := (target.get("DeadLetterConfig") or {}).get("Arn"):
        try:
            send(queue, json.dumps(event), **where, **why)
            count_of(rule, "InvocationsSentToDlq")
        except Undeliverable as refused:
            log.warning("nor kept in %s: %s", queue, refused.code)
            count_of(rule, "InvocationsFailedToBeSentToDlq")
