"""By which way does a letter go back to where it came from?

The letter itself says it, not the queue that it lies in: what EventBridge, Lambda and the sender write into it.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
"""

import json
from collections.abc import Mapping
from typing import Any

from lambda_src.auth0_events.envelope import InvalidEnvelope, parse_any, parse_event
from ops.redrive.letters import Letter, text_at
from ops.redrive.ways import (
    CallFunction,
    NoWay,
    PutRecord,
    ReplayRecords,
    SendAgain,
    SendMessage,
    StartTask,
    Way,
    WriteLogEvent,
)

Content = Mapping[str, Any]
POISON = NoWay(place="poison: the body is no JSON object")
UNKNOWN = NoWay(place="unknown: no letter of EventBridge, Lambda, an inbox or the sender")


def way_back(letter: Letter) -> Way:
    """NoWay for poison (an event that nobody could process) and for what is no letter of this app."""
    if letter.inbox_arn:  # first: such a body was somebody else's choice, and must not name a function to call
        return to_inbox(letter, letter.inbox_arn)
    content = letter.content()
    if content is None:
        return POISON
    if {"RULE_ARN", "TARGET_ARN"} <= letter.attributes.keys():
        return to_target(letter, content)
    if {"LOG_ID", "ERROR_CODE", "ATTEMPTS"} <= letter.attributes.keys():
        return to_sender(letter, content)
    return to_function(content)


def to_inbox(letter: Letter, inbox_arn: str) -> Way:
    content = letter.content()
    if content is None:
        return POISON
    try:
        parse_event(content)
    except InvalidEnvelope as error:
        return NoWay(place=f"poison: {error}")
    return SendMessage(queue_arn=inbox_arn, body=letter.body)


def to_target(letter: Letter, event: Content) -> Way:
    """As EventBridge delivers to each kind of target of this app: the whole event."""
    target = letter.attributes["TARGET_ARN"]
    match service_of(target):
        case "lambda":
            return CallFunction(function_arn=target, payload=letter.body)
        case "kinesis":
            key = text_at(event, "id") or letter.message_id
            return PutRecord(stream_arn=target, body=letter.body, partition_key=key)
        case "logs":
            name = target.partition(":log-group:")[2].removesuffix(":*")
            return WriteLogEvent(log_group=name, body=letter.body, time=text_at(event, "time"))
        case "sqs":
            return SendMessage(queue_arn=target, body=letter.body)
        case "ecs":
            return StartTask(rule_arn=letter.attributes["RULE_ARN"], cluster_arn=target)
        case service:
            return NoWay(place=f"no way back to a target of {service!r}")


def to_sender(letter: Letter, event: Content) -> Way:
    try:
        parse_any(event)
    except InvalidEnvelope as error:
        return NoWay(place=f"poison: {error}")
    return SendAgain(body=letter.body)


def to_function(record: Content) -> Way:
    """Of Lambda's record about a failed event, or about a batch that its stream still has."""
    # A function's current version has two ARNs, and policies usually name this one.
    function = text_at(record, "requestContext", "functionArn").removesuffix(":$LATEST")
    batch = record.get("KinesisBatchInfo")
    if function and isinstance(batch, Mapping):
        return to_reader(function, batch)
    if function and "requestPayload" in record:
        return CallFunction(function_arn=function, payload=json.dumps(record["requestPayload"]))
    return UNKNOWN


def to_reader(function: str, batch: Content) -> Way:
    stream, shard, first, last = (
        text_at(batch, key) for key in ("streamArn", "shardId", "startSequenceNumber", "endSequenceNumber")
    )
    count = batch.get("batchSize")
    if not (stream and shard and first.isdecimal() and last.isdecimal() and isinstance(count, int)):
        return UNKNOWN
    return ReplayRecords(function_arn=function, stream_arn=stream, shard_id=shard, first=first, last=last, count=count)


def service_of(arn: str) -> str:
    return arn.split(":")[2] if arn.count(":") > 1 else ""
