"""How does a function run, and who waits, retries, and keeps what failed, when it runs for an event or a batch?

On awslambdaric, AWS's own runtime client, with this checkout's interpreter: each function is taken for a Python one of
the checkout's version, and finds the checkout's packages too, where on AWS only boto3 would be. Not emulated: layers.
ministack runs the loops; this makes them lose nothing. Asynchronous events: a throttle uses no retry, and the record of
the failed event goes to the on-failure queue (as RetriesExhausted, for whatever reason). Kinesis: partial batch
response, bisecting, retries, on-failure queue. AWS's minutes are seconds here. Not emulated: a function's own
dead-letter queue, the age of a record. A batch that is tried for ever holds up all other mappings.
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
"""

import contextvars
import json
import logging
import shlex
import socketserver
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime
from ministack.core.lambda_runtime import ProvidedWorker
from ministack.services import lambda_svc

from local_aws.delivery import Undeliverable, send, soon
from local_aws.metrics import count, embedded
from local_aws.seams import ministacks, replaces

Data = dict[str, Any]
log = logging.getLogger(__name__)
# The runtime API writes an event in two parts, and the second waited 40 ms.
socketserver.StreamRequestHandler.disable_nagle_algorithm = True
# Two less than may run at once: one for who waits for an answer, one for a stream's batch.
slots = threading.BoundedSemaphore(max(1, lambda_svc._ACCOUNT_CONCURRENCY_CAP - 2))
caller: contextvars.ContextVar[str] = contextvars.ContextVar("caller", default="")


@replaces(ProvidedWorker, "_await_init")
def await_init(self: Any, init_timeout: float | None = None) -> None:
    self.output = output_file(self._proc.pid).open("a+", errors="replace")
    self.output.seek(0)
    ministacks(await_init)(self, init_timeout)


@replaces(lambda_runtime.Worker, "_drain_stderr")
def output(self: Any) -> str:
    return str(self.output.read().removesuffix("\n"))


@replaces(lambda_runtime.Worker, "_drain_stderr_bounded")
def output_now(self: Any, _first_line_wait: float = 0, _idle_confirm: float = 0, _hard_cap: float = 0) -> str:
    return output(self)


def output_file(pid: object) -> Path:
    """What a function writes is there before it answers; ministack's pipe may lose it on a busy machine."""
    return Path(tempfile.gettempdir(), f"output-{pid}")


@replaces(lambda_runtime, "_worker_class_for")
def worker_class(_config: Data) -> Any:
    return ProvidedWorker


@replaces(lambda_svc, "_provided_runtime_code_dir")
def code_folder(code_zip: bytes) -> str:
    folder: str = ministacks(code_folder)(code_zip)
    bootstrap = Path(folder, "bootstrap")
    with lambda_svc._provided_code_lock:  # no process may start while the file is open: ETXTBSY
        if not bootstrap.exists():
            client, output = (shlex.quote(str(path)) for path in (sys.executable, output_file("")))
            bootstrap.write_text(
                "#!/bin/sh\nexport AWS_LAMBDA_INITIALIZATION_TYPE=on-demand\n"
                f'exec {client} -m awslambdaric "$_HANDLER" >>{output}$$ 2>&1\n'
            )
            bootstrap.chmod(0o755)
    return folder


@replaces(lambda_svc, "_execute_function_warm")
def execute_warm(func: Data, event: Any, request_id: str) -> Data:
    result: Data = lambda_svc._execute_function_provided_warm(func, event, request_id)
    if result.get("error") and not result.get("log"):  # it failed before its first invocation: only the answer says why
        result["log"] = json.dumps(result.get("body"))
    of, failed = {"FunctionName": func["config"]["FunctionName"]}, float(bool(result.get("error")))
    for metric in (
        ("AWS/Lambda", "Invocations", of, 1.0, "Count"),
        ("AWS/Lambda", "Errors", of, failed, "Count"),
        *(each for line in (result.get("log") or "").splitlines() if '"_aws"' in line for each in embedded(line)),
    ):
        soon(count, metric)
    return result


@replaces(lambda_svc, "_emit_lambda_metrics")
def count_call(function_name: Any, duration_ms: Any, error: Any, throttle: Any) -> None:
    """Nothing: ministack would count calls, not what runs for events and batches, and would count throttles twice."""


@replaces(lambda_svc, "_execute_function")
def execute(func: Data, event: Any) -> Data:
    """On every way to a function."""
    if caller.get() == "stream":
        wanted = event["Records"][0]["eventSourceARN"], func["config"]["FunctionName"]
        found = [m for m in lambda_svc._esms.values() if (m["EventSourceArn"], m["FunctionName"]) == wanted]
        process(found[0], func, event["Records"])
        return {}
    if caller.get() == "event":
        with slots:
            return unthrottled(func, event)
    return dict(ministacks(execute)(func, event))


@replaces(lambda_svc, "invoke_async_with_retry")
def invoke_for_event(func: Data, event: Any) -> None:
    contextvars.copy_context().run(lambda: (caller.set("event"), ministacks(invoke_for_event)(func, event)))


@replaces(lambda_svc, "_poll_kinesis")
def poll_streams() -> bool:
    return contextvars.copy_context().run(lambda: (caller.set("stream"), bool(ministacks(poll_streams)()))[1])


def unthrottled(function: Data, event: Any) -> Data:
    """Waits until the function may run."""
    while (result := dict(ministacks(execute)(function, event))).get("throttle"):
        time.sleep(0.05)
    return result


@replaces(lambda_svc, "_route_async_failure")
def keep_failed_event(_target_arn: str, func_name: str, event: Any, result: Data) -> None:
    """ministack sends a message of a shape of its own."""
    function = lambda_svc._functions[func_name]
    configs = function.get("event_invoke_configs") or {}
    settings = configs.get("") or configs.get("$LATEST") or {}  # CloudFormation calls the unqualified one $LATEST
    invoked = int(settings.get("MaximumRetryAttempts", 2)) + 1
    payloads = {"requestPayload": event, "responsePayload": result.get("body")}
    keep(settings, function["config"]["FunctionArn"] + ":$LATEST", "RetriesExhausted", invoked, payloads)


def keep(settings: Data, function_arn: str, condition: str, invoked: int, more: Data) -> None:
    """Sends a failure record to the on-failure queue of `settings`, if there is one."""
    now, request_id = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()), str(uuid.uuid4())
    context = {"requestId": request_id, "functionArn": function_arn, "condition": condition}
    record = {"version": "1.0", "timestamp": now, "requestContext": context | {"approximateInvokeCount": invoked}}
    if destination := ((settings.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination"):
        soon(send_record, destination, json.dumps(record | more), function_arn.split(":")[6])


def send_record(destination: str, record: str, function: str) -> None:
    try:
        send(destination, record)
    except Undeliverable as error:
        log.warning("a failure of %s is not kept: %s", function, error)
        count(("AWS/Lambda", "DestinationDeliveryFailures", {"FunctionName": function}, 1, "Count"))


def process(mapping: Data, function: Data, records: list[Data]) -> None:
    """Returns when each record is processed, or named in the on-failure queue, or the mapping is gone."""
    limit, failures = int(mapping.get("MaximumRetryAttempts", -1)), 0
    while records and mapping["UUID"] in lambda_svc._esms:
        if done := processed(mapping, records, unthrottled(function, {"Records": records})):
            records, failures = records[done:], 0
        elif mapping.get("BisectBatchOnFunctionError") and len(records) > 1:  # which uses up no retry
            process(mapping, function, records[: len(records) // 2])
            records, failures = records[len(records) // 2 :], 0
        elif 0 <= limit <= failures:
            keep_failed_batch(mapping, records, failures + 1)
            return
        else:
            failures += 1
            time.sleep(min(lambda_svc._LAMBDA_ASYNC_RETRY_BASE_SECONDS * 2 ** (failures - 1), 5))


def processed(mapping: Data, records: list[Data], result: Data) -> int:
    """How many records from the first on are done. An answer that names an unknown record fails the whole batch."""
    if result.get("error"):
        return 0
    if "ReportBatchItemFailures" not in (mapping.get("FunctionResponseTypes") or []) or not result.get("body"):
        return len(records)
    sequence = [record["kinesis"]["sequenceNumber"] for record in records]
    failed = [failure["itemIdentifier"] for failure in result["body"].get("batchItemFailures") or []]
    return min((sequence.index(number) if number in sequence else 0 for number in failed), default=len(records))


def keep_failed_batch(mapping: Data, records: list[Data], invoked: int) -> None:
    first, last = (record["kinesis"]["sequenceNumber"] for record in (records[0], records[-1]))
    shard = {"streamArn": mapping["EventSourceArn"], "shardId": records[0]["eventID"].partition(":")[0]}
    batch = {**shard, "startSequenceNumber": first, "endSequenceNumber": last, "batchSize": len(records)}
    keep(mapping, mapping["FunctionArn"], "RetryAttemptsExhausted", invoked, {"KinesisBatchInfo": batch})
