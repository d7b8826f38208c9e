"""Which answers of ministack, other than its deliveries, are corrected?

CloudFormation's to resource types that ministack refuses or takes wrongly (one that neither has stays refused; an
archive or a flow log is not updated in place), the AMI parameters that it lacks, and FilterLogEvents when there are
more events than one answer holds: ministack answers the first 10,000 and says nothing of the rest.
"""

import itertools
import json
from typing import Any

from ministack.core.responses import json_response
from ministack.services import cloudwatch_logs as logs
from ministack.services import ec2, ssm
from ministack.services import eventbridge as events
from ministack.services.cloudformation import provisioners

from local_aws.delivery import accepted
from local_aws.seams import ministacks, replaces

Data = dict[str, Any]
Made = tuple[str, Data]  # the physical id, and what Fn::GetAtt knows
MOST_LOG_EVENTS = 10_000
AMI = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-{}-{}"


def event_bus(logical_id: str, properties: Data, stack: str) -> Made:
    name = properties.get("Name") or provisioners._physical_name(stack, logical_id, max_len=256)
    accepted(events._create_event_bus({**properties, "Name": name}))
    return name, {"Arn": events._event_buses[name]["Arn"], "Name": name}


def archive(logical_id: str, properties: Data, stack: str) -> Made:
    name = properties.get("ArchiveName") or provisioners._physical_name(stack, logical_id, max_len=48)
    data = {**properties, "ArchiveName": name, "EventSourceArn": properties["SourceArn"]}
    accepted(events._create_archive(data | {"EventPattern": json.dumps(properties.get("EventPattern", {}))}))
    return name, {"ArchiveName": name, "Arn": events._archives[name]["ArchiveArn"]}


def flow_log(_logical_id: str, properties: Data, _stack: str) -> Made:
    texts = {key: [value] for key, value in properties.items() if isinstance(value, str)}
    accepted(ec2._create_flow_logs({**texts, "ResourceId.1": [properties["ResourceId"]]}))
    id_ = list(ec2._flow_logs)[-1]
    return id_, {"Id": id_}


def vpc(logical_id: str, properties: Data, stack: str) -> Made:
    id_, attributes = ministacks_vpc(logical_id, properties, stack)
    return id_, {**attributes, "CidrBlock": ec2._vpcs[id_]["CidrBlock"]}


handlers: dict[str, Data] = provisioners._RESOURCE_HANDLERS
ministacks_vpc = handlers["AWS::EC2::VPC"]["create"]
handlers["AWS::EC2::VPC"]["create"] = vpc
handlers["AWS::Events::EventBus"]["create"] = event_bus
delete_archive = {"delete": lambda id_, _properties: events._delete_archive({"ArchiveName": id_})}
handlers["AWS::Events::Archive"] = {"create": archive, **delete_archive}
delete_flow_log = {"delete": lambda id_, _properties: ec2._delete_flow_logs({"FlowLogId.1": [id_]})}
handlers["AWS::EC2::FlowLog"] = {"create": flow_log, **delete_flow_log}
for kernel, machine in itertools.product(("default", "6.1", "6.12"), ("x86_64", "arm64")):
    ssm._PUBLIC_AMI_PARAMETERS[AMI.format(kernel, machine)] = "ami-0c2023a1b2c3d4e5f"


@replaces(events, "_resolve_taggable_events_arn")
def taggable(arn: str) -> Any:
    """ministack takes the slashes of a partner bus's name for more parts of its rule's ARN."""
    return (arn, None) if any(rule["Arn"] == arn for rule in events._rules.values()) else ministacks(taggable)(arn)


@replaces(logs, "_filter_log_events")
def filter_log_events(data: Data) -> Any:
    group = logs._log_groups.get(logs._resolve_log_group_name(data))
    if not group or data.get("logStreamNames"):
        return ministacks(filter_log_events)(data)
    matches = logs._compile_filter_pattern(data.get("filterPattern", ""))
    since, until = data.get("startTime") or 0, data.get("endTime") or float("inf")
    found = [
        event | {"logStreamName": name}
        for name, stream in list(group["streams"].items())
        for event in list(stream["events"])
        if since <= event["timestamp"] <= until and matches(event["message"])
    ]
    found.sort(key=lambda event: (event["timestamp"], event["ingestionTime"]))
    start = int(data.get("nextToken") or 0)
    end = start + min(data.get("limit") or MOST_LOG_EVENTS, MOST_LOG_EVENTS)
    return json_response({"events": found[start:end], **({"nextToken": str(end)} if end < len(found) else {})})
