"""What becomes of an event that a function fails on?"""

import base64
import json

import pytest

from tests.local.local_aws.aws import Aws, eventually, unique

pytestmark = pytest.mark.local
FAILS = """
def handler(event, context):
    print('try', event['n'])
    raise ValueError('no')
"""


def invoke(aws: Aws, function: str, event: object) -> object:
    answer = aws.functions.invoke(FunctionName=function, Payload=json.dumps(event))
    return json.loads(answer["Payload"].read())


def test_a_python_function_runs_on_awss_runtime_client_with_boto3_and_its_own_environment(aws: Aws) -> None:
    source = """
    import os, boto3
    def handler(event, context):
        boto3.client('sqs').list_queues()
        return [context.get_remaining_time_in_millis() > 0, os.environ.get('A'), os.environ.get('LOG_LEVEL'), event]
    """
    function = aws.function(source, Environment={"Variables": {"A": "b"}})
    assert invoke(aws, function, {"n": 1}) == [True, "b", None, {"n": 1}]


def test_every_line_that_a_function_prints_is_in_its_log_when_it_has_answered(aws: Aws) -> None:
    function = aws.function("def handler(event, context): print('line\\n' * 20_000 + 'last')")
    for _ in range(10):
        answer = aws.functions.invoke(FunctionName=function, LogType="Tail")
        assert base64.b64decode(answer["LogResult"]).endswith(b"\nlast")


def test_a_function_that_cannot_be_imported_says_why_in_its_log(aws: Aws) -> None:
    function = aws.function("import a_module_that_is_missing")
    assert "a_module_that_is_missing" in str(invoke(aws, function, {}))
    assert "a_module_that_is_missing" in str(aws.output_of(function))


def on_failure(aws: Aws, function: str, **settings: object) -> str:
    """The URL of the function's on-failure queue."""
    url, arn = aws.queue()
    destination = {"OnFailure": {"Destination": arn}}
    aws.functions.put_function_event_invoke_config(FunctionName=function, DestinationConfig=destination, **settings)
    return url


def test_an_asynchronous_event_is_tried_three_times_then_kept(aws: Aws) -> None:
    function, bus = aws.function(FAILS), unique("bus")
    url = on_failure(aws, function)
    aws.rule(bus, {"Arn": function, "Input": '{"n": 7}'})
    aws.put(bus)
    record = json.loads(aws.messages(url)[0]["Body"])
    assert record["requestPayload"] == {"n": 7}
    assert record["responsePayload"]["errorType"] == "ValueError"
    assert record["requestContext"]["condition"] == "RetriesExhausted"
    assert record["requestContext"]["approximateInvokeCount"] == 3
    assert aws.output_of(function).count("try 7") == 3


def test_the_number_of_retries_is_the_functions_own(aws: Aws) -> None:
    function = aws.function(FAILS)
    url = on_failure(aws, function, MaximumRetryAttempts=0)
    aws.functions.invoke(FunctionName=function, InvocationType="Event", Payload=b'{"n": 8}')
    aws.messages(url)
    assert aws.output_of(function).count("try 8") == 1


def test_a_throttled_event_waits_and_uses_up_no_retry(aws: Aws) -> None:
    function = aws.function("import time\ndef handler(event, context): time.sleep(0.2)")
    url = on_failure(aws, function, MaximumRetryAttempts=0)
    aws.functions.put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=1)
    for _ in range(5):
        aws.functions.invoke(FunctionName=function, InvocationType="Event", Payload=b"{}")
    eventually(lambda: sum(line.startswith("END") for line in aws.output_of(function)) == 5)
    assert "Messages" not in aws.sqs.receive_message(QueueUrl=url)
