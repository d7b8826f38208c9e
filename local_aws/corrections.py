"""Which answers of ministack, other than its deliveries, are corrected?

CloudFormation's to resource types that ministack refuses or takes wrongly (one that neither has stays refused; an
archive or a flow log is not updated in place), to the one AMI parameter of this app, and of policies: every request and
delivery counts as one over TLS, which those of buckets and queues demand, and sqs:SendMessage allows a batch too.
FilterLogEvents answers page by page, but for more than 10,000 events of one millisecond.
"""

import json
import uuid
from typing import Any

from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id, json_response
from ministack.services import cloudwatch_logs, ec2, ssm
from ministack.services import eventbridge as events
from ministack.services.cloudformation import provisioners

from local_aws.delivery import accepted
from local_aws.seams import ministacks, replaces

Data = dict[str, Any]
MOST_LOG_EVENTS = 10_000  # of one answer
Made = tuple[str, Data]  # the physical id, and what Fn::GetAtt knows


def event_bus(logical_id: str, properties: Data, stack: str) -> Made:
    name = properties.get("Name") or provisioners._physical_name(stack, logical_id, max_len=256)
    accepted(events._create_event_bus({**properties, "Name": name}))
    return name, {"Arn": events._event_buses[name]["Arn"], "Name": name}


def updated_event_bus(physical_id: str, former: Data, properties: Data, stack: str) -> Made:
    """One of another name is another bus; the former one stays, as partner buses do on AWS by their policy here."""
    if former.get("Name") != properties.get("Name"):
        return event_bus("", properties, stack)
    made: Made = updates_event_bus(physical_id, former, properties, stack)
    return made


def archive(logical_id: str, properties: Data, stack: str) -> Made:
    name = properties.get("ArchiveName") or provisioners._physical_name(stack, logical_id, max_len=48)
    if "ArchiveName" not in properties and name in events._archives:  # a replacement is there before what it replaces
        name = f"{name[:39]}-{uuid.uuid4().hex[:8]}"
    data = {**properties, "ArchiveName": name, "EventSourceArn": properties["SourceArn"]}
    accepted(events._create_archive(data | {"EventPattern": json.dumps(properties.get("EventPattern", {}))}))
    return name, {"ArchiveName": name, "Arn": events._archives[name]["ArchiveArn"]}


def flow_log(_logical_id: str, properties: Data, _stack: str) -> Made:
    texts = {key: [value] for key, value in properties.items() if isinstance(value, str)}
    accepted(ec2._create_flow_logs({**texts, "ResourceId.1": [properties["ResourceId"]]}))
    id_ = list(ec2._flow_logs)[-1]
    return id_, {"Id": id_}


handlers: dict[str, Data] = provisioners._RESOURCE_HANDLERS
updates_event_bus = handlers["AWS::Events::EventBus"]["update"]
handlers["AWS::Events::EventBus"] |= {"create": event_bus, "update": updated_event_bus}
delete_archive = {"delete": lambda id_, _properties: events._delete_archive({"ArchiveName": id_})}
handlers["AWS::Events::Archive"] = {"create": archive, **delete_archive}
delete_flow_log = {"delete": lambda id_, _properties: ec2._delete_flow_logs({"FlowLogId.1": [id_]})}
handlers["AWS::EC2::FlowLog"] = {"create": flow_log, **delete_flow_log}
images = ssm._PUBLIC_AMI_PARAMETERS
images["/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64"] = "ami-0c2023a1b2c3d4e5f"


@replaces(events, "_resolve_taggable_events_arn")
def taggable(arn: str) -> Any:
    """ministack takes the slashes of a partner bus's name for more parts of its rule's ARN."""
    return (arn, None) if any(rule["Arn"] == arn for rule in events._rules.values()) else ministacks(taggable)(arn)


@replaces(cloudwatch_logs, "_filter_log_events")
def filter_log_events(data: Data) -> Any:
    """ministack leaves out what is beyond the first 10,000. A page ends before a millisecond that may go on."""
    start = int(data.get("nextToken") or data.get("startTime") or 0)
    limit = min(data.get("limit", MOST_LOG_EVENTS), MOST_LOG_EVENTS)
    answer = ministacks(filter_log_events)({**data, "startTime": start})
    group = cloudwatch_logs._log_groups.get(cloudwatch_logs._resolve_log_group_name(data)) or {"streams": {}}
    if sum(len(stream["events"]) for stream in group["streams"].values()) < limit:
        return answer
    found = json.loads(answer[2])["events"]
    page = [event for event in found if event["timestamp"] < found[-1]["timestamp"]]
    is_full = page and len(found) == limit
    return json_response({"events": page, "nextToken": str(found[-1]["timestamp"])}) if is_full else answer


@replaces(iam_evaluator, "_first_match")
def first_match(ctx: Any, stmts: Any, effect: str) -> Any:
    ctx.secure_transport, ctx.action = True, ctx.action.removesuffix("Batch")
    if ctx.action == "events:DescribeEventBus":  # ministack takes its bus for a rule
        ctx.resource_arn = ctx.resource_arn.replace(":rule/default/", ":event-bus/")
    if ctx.action == "events:DescribeEventSource":  # its source too; a source has no account
        ctx.resource_arn = ctx.resource_arn.replace(f":{get_account_id()}:rule/default/", "::event-source/")
    return ministacks(first_match)(ctx, stmts, effect)
