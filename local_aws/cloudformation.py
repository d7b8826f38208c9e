"""Which resource types does CloudFormation take here that ministack refuses, or takes wrongly?

A type that neither has stays refused. To add one: its functions, and its line in `handlers`. An archive or a flow log
is not updated in place.
"""

import itertools
import json
from typing import Any

from ministack.services import ec2, ssm
from ministack.services import eventbridge as events
from ministack.services.cloudformation import provisioners

from local_aws.seams import ministacks, replaces

Properties = dict[str, Any]
Made = tuple[str, Properties]  # the physical id, and what Fn::GetAtt knows
AMI = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-{}-{}"


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
    data = {**properties, "ArchiveName": name, "EventSourceArn": properties["SourceArn"]}
    accepted(events._create_archive(data | {"EventPattern": json.dumps(properties.get("EventPattern", {}))}))
    return name, {"ArchiveName": name, "Arn": events._archives[name]["ArchiveArn"]}


def flow_log(_logical_id: str, properties: Properties, _stack: str) -> Made:
    texts = {key: [value] for key, value in properties.items() if isinstance(value, str)}
    accepted(ec2._create_flow_logs({**texts, "ResourceId.1": [properties["ResourceId"]]}))
    id_ = list(ec2._flow_logs)[-1]
    return id_, {"Id": id_}


def vpc(logical_id: str, properties: Properties, stack: str) -> Made:
    id_, attributes = ministacks_vpc(logical_id, properties, stack)
    return id_, {**attributes, "CidrBlock": ec2._vpcs[id_]["CidrBlock"]}


@replaces(events, "_resolve_taggable_events_arn")
def taggable(arn: str) -> Any:
    """ministack takes the slashes of a partner bus's name for more parts of its rule's ARN."""
    return (arn, None) if any(rule["Arn"] == arn for rule in events._rules.values()) else ministacks(taggable)(arn)


handlers: dict[str, dict[str, Any]] = provisioners._RESOURCE_HANDLERS
ministacks_vpc = handlers["AWS::EC2::VPC"]["create"]
handlers["AWS::EC2::VPC"]["create"] = vpc
handlers["AWS::Events::EventBus"]["create"] = event_bus
handlers["AWS::Events::Archive"] = {
    "create": archive,
    "delete": lambda id_, _properties: events._delete_archive({"ArchiveName": id_}),
}
handlers["AWS::EC2::FlowLog"] = {
    "create": flow_log,
    "delete": lambda id_, _properties: ec2._delete_flow_logs({"FlowLogId.1": [id_]}),
}
for kernel, machine in itertools.product(("default", "6.1", "6.12"), ("x86_64", "arm64")):
    ssm._PUBLIC_AMI_PARAMETERS[AMI.format(kernel, machine)] = "ami-0c2023a1b2c3d4e5f"
