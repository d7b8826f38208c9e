"""Who waits, retries, and keeps what failed, when a function runs for an event or for a stream's batch?

ministack runs the loops; this makes them lose nothing. Asynchronous events: a throttle uses no retry, and the record of
the failed event goes to the on-failure queue (as RetriesExhausted, for whatever reason). Kinesis: partial batch
response, bisecting, retries, on-failure queue. AWS's minutes are seconds here. Not emulated: a function's own
dead-letter queue, the age of a record. A batch that is tried for ever holds up all other mappings.
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
"""

import contextvars
import json
import threading
import time
import uuid
from typing import Any

from ministack.services import kinesis
from ministack.services import lambda_svc as functions

from local_aws.delivery import send, soon
from local_aws.seams import ministacks, replaces

Data = dict[str, Any]
# Two less than may run at once: one for who waits for an answer, one for a stream's batch.
slots = threading.BoundedSemaphore(max(1, functions._ACCOUNT_CONCURRENCY_CAP - 2))
caller: contextvars.ContextVar[str] = contextvars.ContextVar("caller", default="")


@replaces(functions, "_execute_function")
def execute(func: Data, event: Any) -> Data:
    """On every way to a function."""
    if caller.get() == "stream":
        wanted = event["Records"][0]["eventSourceARN"], func["config"]["FunctionName"]
        mappings = functions._esms.values()
        process(next(m for m in mappings if (m["EventSourceArn"], m["FunctionName"]) == wanted), func, event["Records"])
        return {}
    if caller.get() == "event":
        with slots:
            return unthrottled(func, event)
    return dict(ministacks(execute)(func, event))


@replaces(functions, "invoke_async_with_retry")
def invoke_for_event(func: Data, event: Any) -> None:
    contextvars.copy_context().run(lambda: (caller.set("event"), ministacks(invoke_for_event)(func, event)))


@replaces(functions, "_poll_kinesis")
def poll_streams() -> bool:
    return contextvars.copy_context().run(lambda: (caller.set("stream"), bool(ministacks(poll_streams)()))[1])


@replaces(kinesis, "_expire_records")
def expire_records(_stream: Data) -> None:
    """Never: mappings remember positions as indexes, which an expired record would move."""


def unthrottled(function: Data, event: Any) -> Data:
    """Waits until the function may run."""
    while (result := dict(ministacks(execute)(function, event))).get("throttle"):
        time.sleep(0.05)
    return result


@replaces(functions, "_route_async_failure")
def keep_failed_event(_target_arn: str, func_name: str, event: Any, result: Data) -> None:
    """ministack sends a message of a shape of its own."""
    function = functions._functions[func_name]
    configs = function.get("event_invoke_configs") or {}
    settings = configs.get("") or configs.get("$LATEST") or {}  # CloudFormation calls the unqualified one $LATEST
    invoked = int(settings.get("MaximumRetryAttempts", 2)) + 1
    payloads = {"requestPayload": event, "responsePayload": result.get("body")}
    keep(settings, function["config"]["FunctionArn"] + ":$LATEST", "RetriesExhausted", invoked, payloads)


def keep(settings: Data, function_arn: str, condition: str, invoked: int, more: Data) -> None:
    """Sends a failure record to the on-failure queue of `settings`, if there is one."""
    record = {
        "version": "1.0",
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
        "requestContext": {
            "requestId": str(uuid.uuid4()),
            "functionArn": function_arn,
            "condition": condition,
            "approximateInvokeCount": invoked,
        },
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
    }
    if destination := ((settings.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination"):
        soon(send, destination, json.dumps(record | more))


def process(mapping: Data, function: Data, records: list[Data]) -> None:
    """Returns when each record is processed, or named in the on-failure queue, or the mapping is gone."""
    limit, bisects = int(mapping.get("MaximumRetryAttempts", -1)), bool(mapping.get("BisectBatchOnFunctionError"))
    failures = 0
    while records and mapping["UUID"] in functions._esms:
        if done := processed(mapping, records, unthrottled(function, {"Records": records})):
            records, failures = records[done:], 0
        elif bisects and len(records) > 1:  # which uses up no retry
            process(mapping, function, records[: len(records) // 2])
            records, failures = records[len(records) // 2 :], 0
        elif 0 <= limit <= failures:
            return keep_failed_batch(mapping, records, failures + 1)
        else:
            failures += 1
            time.sleep(min(functions._LAMBDA_ASYNC_RETRY_BASE_SECONDS * 2 ** (failures - 1), 5))
    return None


def processed(mapping: Data, records: list[Data], result: Data) -> int:
    """How many records from the first on are done. An answer that names an unknown record fails the whole batch."""
    if result.get("error"):
        return 0
    if "ReportBatchItemFailures" not in (mapping.get("FunctionResponseTypes") or []) or not result.get("body"):
        return len(records)
    sequence = [record["kinesis"]["sequenceNumber"] for record in records]
    try:
        failed = [failure["itemIdentifier"] for failure in result["body"].get("batchItemFailures") or []]
        return min(map(sequence.index, failed), default=len(records))
    except (AttributeError, KeyError, TypeError, ValueError):
        return 0


def keep_failed_batch(mapping: Data, records: list[Data], invoked: int) -> None:
    batch = {
        "shardId": records[0]["eventID"].partition(":")[0],
        "startSequenceNumber": records[0]["kinesis"]["sequenceNumber"],
        "endSequenceNumber": records[-1]["kinesis"]["sequenceNumber"],
        "batchSize": len(records),
        "streamArn": mapping["EventSourceArn"],
    }
    keep(mapping, mapping["FunctionArn"], "RetryAttemptsExhausted", invoked, {"KinesisBatchInfo": batch})
