"""Who waits, retries, and keeps what failed, when a function runs for an event or for a stream's batch?

ministack runs the loops; this makes them lose nothing. Asynchronous events: a throttle uses no retry, the failed event
goes to the dead-letter queue and its record to the on-failure destination (as RetriesExhausted, for whatever reason).
Kinesis: partial batch response, bisecting, retries, record age, on-failure queue. AWS's minutes are seconds here. A
batch that is tried for ever holds up all other mappings.
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

from local_aws.messages import send, soon
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
            return counted(func, event)
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


def counted(function: Data, event: Any) -> Data:
    """Waits until the function may run. ministack counts the metrics of synchronous invocations only."""
    while True:
        started = time.monotonic()
        result: Data = ministacks(execute)(function, event)
        if not result.get("throttle"):
            milliseconds, failed = (time.monotonic() - started) * 1000, bool(result.get("error"))
            functions._emit_lambda_metrics(function["config"]["FunctionName"], milliseconds, failed, throttle=False)
            return result
        time.sleep(0.05)


@replaces(functions, "_route_async_failure")
def keep_failed_event(_target_arn: str, func_name: str, event: Any, result: Data) -> None:
    """ministack sends one message, of a shape of its own, to one of the two queues."""
    function = functions._functions[func_name]
    configs, config = function.get("event_invoke_configs") or {}, function["config"]
    settings = configs.get("") or configs.get("$LATEST") or {}  # CloudFormation calls the unqualified one $LATEST
    record, answer = failure_record(config["FunctionArn"] + ":$LATEST", "RetriesExhausted"), result.get("body")
    record["requestContext"]["approximateInvokeCount"] = int(settings.get("MaximumRetryAttempts", 2)) + 1
    keep(settings, record | {"requestPayload": event, "responsePayload": answer})
    if dead_letters := (config.get("DeadLetterConfig") or {}).get("TargetArn"):
        message = str(answer.get("errorMessage", "")) if isinstance(answer, dict) else ""
        attributes = {
            "RequestID": record["requestContext"]["requestId"],
            "ErrorCode": "200",
            "ErrorMessage": message[:1024],
        }
        soon(send, dead_letters, json.dumps(event), attributes)


def keep(settings: Data, record: Data) -> None:
    if destination := ((settings.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination"):
        soon(send, destination, json.dumps(record))


def failure_record(function_arn: str, condition: str) -> Data:
    return {
        "version": "1.0",
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
        "requestContext": {"requestId": str(uuid.uuid4()), "functionArn": function_arn, "condition": condition},
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
    }


def process(mapping: Data, function: Data, records: list[Data]) -> None:
    """Returns when each record is processed, or named in the on-failure queue, or the mapping is gone."""
    limit, oldest = (int(mapping.get(key, -1)) for key in ("MaximumRetryAttempts", "MaximumRecordAgeInSeconds"))
    bisects, failures = str(mapping.get("BisectBatchOnFunctionError")).lower() == "true", 0
    while records and mapping["UUID"] in functions._esms:
        if done := processed(mapping, records, counted(function, {"Records": records})):
            records, failures = records[done:], 0
        elif bisects and len(records) > 1:  # which uses up no retry
            process(mapping, function, records[: len(records) // 2])
            records, failures = records[len(records) // 2 :], 0
        elif 0 <= oldest < time.time() - records[0]["kinesis"]["approximateArrivalTimestamp"]:
            return keep_failed_batch(mapping, records, failures + 1, "MaxRecordAge")
        elif 0 <= limit <= failures:
            return keep_failed_batch(mapping, records, failures + 1, "RetryAttemptsExhausted")
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


def keep_failed_batch(mapping: Data, records: list[Data], attempts: int, condition: str) -> None:
    record = failure_record(mapping["FunctionArn"], condition)
    record["requestContext"]["approximateInvokeCount"] = attempts
    record["KinesisBatchInfo"] = {
        "shardId": records[0]["eventID"].partition(":")[0],
        "startSequenceNumber": records[0]["kinesis"]["sequenceNumber"],
        "endSequenceNumber": records[-1]["kinesis"]["sequenceNumber"],
        "batchSize": len(records),
        "streamArn": mapping["EventSourceArn"],
    }
    keep(mapping, record)
