"""Which resource types does CloudFormation take here that ministack refuses, or takes wrongly?

A type that neither has stays refused. To add one: a create function, and its line in `install`.
"""

import itertools
import json
from collections.abc import Callable
from typing import Any

from ministack.services import ec2, ssm
from ministack.services import eventbridge as events
from ministack.services import lambda_svc as functions
from ministack.services.cloudformation import provisioners

from local_aws.seams import ministacks, replaces

Properties = dict[str, Any]
Made = tuple[str, Properties]  # the physical id, and what Fn::GetAtt knows
MAX_PATTERN_CHARACTERS = 2048
AMI = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-{}-{}"
handlers: dict[str, dict[str, Callable[..., Any]]] = provisioners._RESOURCE_HANDLERS


def accepted(response: Any) -> None:
    """Lets a refusal of one of ministack's own actions fail the deployment."""
    if response[0] >= 400:
        raise ValueError(response[2].decode())


def event_bus(logical_id: str, properties: Properties, stack: str) -> Made:
    name = properties.get("Name") or provisioners._physical_name(stack, logical_id, max_len=256)
    accepted(events._create_event_bus({**properties, "Name": name}))
    return name, {"Arn": events._event_buses[name]["Arn"], "Name": name}


def archive(logical_id: str, properties: Properties, stack: str) -> Made:
    name = properties.get("ArchiveName") or provisioners._physical_name(stack, logical_id, max_len=48)
    pattern = properties.get("EventPattern", "")
    data = {**properties, "ArchiveName": name, "EventSourceArn": properties["SourceArn"]}
    data["EventPattern"] = json.dumps(pattern) if isinstance(pattern, dict) else pattern
    accepted((events._update_archive if name in events._archives else events._create_archive)(data))
    return name, {"ArchiveName": name, "Arn": events._archives[name]["ArchiveArn"]}


def delete_archive(id_: str, _properties: Properties) -> None:
    events._delete_archive({"ArchiveName": id_})


def flow_log(_logical_id: str, properties: Properties, _stack: str) -> Made:
    texts = {key: [value] for key, value in properties.items() if isinstance(value, str)}
    accepted(ec2._create_flow_logs({**texts, "ResourceId.1": [properties["ResourceId"]]}))
    id_ = list(ec2._flow_logs)[-1]
    return id_, {"Id": id_}


def delete_flow_log(id_: str, _properties: Properties) -> None:
    ec2._delete_flow_logs({"FlowLogId.1": [id_]})


def check_rule(properties: Properties) -> None:
    """ministack checks the patterns of PutRule alone: a wrong one of a template would match nothing, silently."""
    pattern = properties.get("EventPattern") or ""
    text = json.dumps(pattern, separators=(",", ":")) if isinstance(pattern, dict) else pattern
    too_long = f"{len(text)} characters, {MAX_PATTERN_CHARACTERS} is EventBridge's default"
    if reason := too_long if len(text) > MAX_PATTERN_CHARACTERS else events._event_pattern_error(text):
        raise ValueError(f"Event pattern is not valid. Reason: {reason}")


def keep_function_properties(id_: str, properties: Properties) -> Properties:
    """ministack's handler drops them."""
    function, reserved = functions._functions[id_], properties.get("ReservedConcurrentExecutions")
    function["config"]["DeadLetterConfig"] = properties.get("DeadLetterConfig") or {}
    function["concurrency"] = None if reserved is None else int(reserved)
    return {}


def around(kind: str, *, check: Any = lambda _: None, complete: Any = lambda *_: {}) -> None:
    """Puts `check` before, and what `complete` adds to Fn::GetAtt after, ministack's own create and update."""

    def wrapped(inner: Callable[..., Made], position: int) -> Callable[..., Made]:
        def handle(*arguments: Any) -> Made:
            check(arguments[position])
            id_, attributes = inner(*arguments)
            return id_, {**(attributes or {}), **complete(id_, arguments[position])}

        return handle

    handlers[kind]["create"] = wrapped(handlers[kind]["create"], 1)
    handlers[kind]["update"] = wrapped(handlers[kind]["update"], 2)


@replaces(events, "_resolve_taggable_events_arn")
def taggable(arn: str) -> Any:
    """ministack takes the slashes of a partner bus's name for more parts of its rule's ARN."""
    return (arn, None) if any(rule["Arn"] == arn for rule in events._rules.values()) else ministacks(taggable)(arn)


def install() -> None:
    """Raises KeyError if ministack lacks a type that is completed here."""
    handlers["AWS::Events::EventBus"]["create"] = event_bus
    handlers["AWS::Events::Archive"] = {"create": archive, "delete": delete_archive}
    handlers["AWS::EC2::FlowLog"] = {"create": flow_log, "delete": delete_flow_log}
    around("AWS::Events::Rule", check=check_rule)
    around("AWS::Lambda::Function", complete=keep_function_properties)
    around("AWS::EC2::VPC", complete=lambda id_, _: {"CidrBlock": ec2._vpcs[id_]["CidrBlock"]})
    for kernel, machine in itertools.product(("default", "6.1", "6.12"), ("x86_64", "arm64")):
        ssm._PUBLIC_AMI_PARAMETERS[AMI.format(kernel, machine)] = "ami-0c2023a1b2c3d4e5f"
