"""How does each kind of rule target take an event?

A sender takes the ARN, the target as PutTargets has it, the rendered input and the whole event, and raises
Undeliverable. A kind that is not in SENDERS is left to ministack.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
"""

import base64
import json
import time
import uuid
from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch_logs, ecs, kinesis
from ministack.services import lambda_svc as functions

from local_aws import executions
from local_aws.messages import Undeliverable, send

Data = dict[str, Any]
Sender = Callable[[str, Data, str, Data], None]
RETRYABLE = ("Throttling", "ProvisionedThroughputExceeded", "Internal", "ServiceUnavailable", "LimitExceeded")


def to_function(arn: str, _target: Data, payload: str, _event: Data) -> None:
    function, config, _ = functions._get_func_record_for_ref(arn)
    if not function:
        raise Undeliverable("NO_RESOURCE", f"{arn} does not exist")
    executions.invoke_for_event(functions._execution_record_for_config(function, config), parsed(payload))


def to_queue_or_topic(arn: str, _target: Data, payload: str, _event: Data) -> None:
    send(arn, payload)


def to_stream(arn: str, target: Data, payload: str, event: Data) -> None:
    path = (target.get("KinesisParameters") or {}).get("PartitionKeyPath")
    key = (at(path, event) if path else None) or event["id"]
    data = base64.b64encode(payload.encode()).decode()
    answer(kinesis._put_record({"StreamARN": arn, "PartitionKey": key[:256], "Data": data}))


def to_log_group(arn: str, _target: Data, payload: str, _event: Data) -> None:
    group = arn.split(":log-group:")[1].removesuffix(":*")
    stream = {"logGroupName": group, "logStreamName": str(uuid.uuid4())}
    answer(cloudwatch_logs._create_log_stream(stream))
    event = {"timestamp": int(time.time() * 1000), "message": payload}
    answer(cloudwatch_logs._put_log_events({**stream, "logEvents": [event]}))


def to_task(arn: str, target: Data, payload: str, event: Data) -> None:
    """The input is RunTask's TaskOverride; one of another shape overrides nothing."""
    if ecs._resolve_cluster_name(arn) not in ecs._clusters:  # ministack would make one
        raise Undeliverable("NO_RESOURCE", f"{arn} does not exist")
    parameters, overrides = as_ecs_spells(target["EcsParameters"]), parsed(payload)
    containers = overrides.get("containerOverrides", []) if isinstance(overrides, dict) else []
    request = {
        "cluster": arn,
        "taskDefinition": parameters["taskDefinitionArn"],
        "count": parameters.get("taskCount", 1),
    }
    request |= {"startedBy": f"events-rule/{event['id'][:20]}", "overrides": {"containerOverrides": containers}}
    if failures := answer(ecs._run_task(parameters | request))["failures"]:
        raise Undeliverable("ECS_FAILURE", json.dumps(failures), retryable=True)


SENDERS: dict[str, Sender] = {
    "lambda": to_function,
    "sqs": to_queue_or_topic,
    "sns": to_queue_or_topic,
    "kinesis": to_stream,
    "logs": to_log_group,
    "ecs": to_task,
}


def parsed(payload: str) -> Any:
    """An input transformer does not escape what it inserts: its result may be no JSON, and then is never delivered."""
    try:
        return json.loads(payload)
    except ValueError as error:
        raise Undeliverable("SDK_CLIENT_ERROR", f"the target's input is not JSON: {error}") from error


def answer(response: tuple[int, Any, Any]) -> Any:
    """The body of one of ministack's own answers. Raises Undeliverable."""
    data = json.loads(response[2] or "{}")
    if response[0] < 400:
        return data
    code = str(data.get("__type")).rpartition("#")[2]
    known = "NO_RESOURCE" if code == "ResourceNotFoundException" else code
    raise Undeliverable(known, str(data.get("message")), retryable=code.startswith(RETRYABLE))


def at(path: str, event: Any) -> str | None:
    """The value at `$.detail.log_id`, as text; None where there is none."""
    try:
        for part in filter(None, path.lstrip("$").split(".")):
            event = event[part]
    except (KeyError, TypeError):
        return None
    return event if isinstance(event, str) else json.dumps(event)


def as_ecs_spells(value: Any) -> Any:
    """{'AwsVpcConfiguration': …} of EventBridge is {'awsvpcConfiguration': …} of ECS."""
    if isinstance(value, dict):
        spelled = {key.replace("AwsVpc", "awsvpc"): as_ecs_spells(item) for key, item in value.items()}
        return {key[0].lower() + key[1:]: item for key, item in spelled.items()}
    return [as_ecs_spells(item) for item in value] if isinstance(value, list) else value
