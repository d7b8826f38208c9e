"""Which resources does CloudFormation take?"""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.local_aws.aws import Aws, unique

pytestmark = pytest.mark.local
ANSWERS_AFTER_A_SECOND = """
import json, time, urllib.request

def handler(event, context):
    time.sleep(1)
    answer = {name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")}
    body = json.dumps(answer | {"Status": "SUCCESS", "PhysicalResourceId": "slow"}).encode()
    urllib.request.urlopen(urllib.request.Request(event["ResponseURL"], body, method="PUT"))
"""


def attributes(aws: Aws, stack: str) -> dict[str, str]:
    found = aws.cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in found}


def test_the_types_that_ministack_lacks_are_made_and_deleted(aws: Aws) -> None:
    resources: dict[str, Any] = {
        "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": unique("bus")}},
        "Archive": {
            "Type": "AWS::Events::Archive",
            "Properties": {
                "SourceArn": {"Fn::GetAtt": ["Bus", "Arn"]},
                "EventPattern": {"detail-type": ["Auth0 log"]},
                "RetentionDays": 3,
            },
        },
        "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "198.51.100.0/24"}},
        "FlowLog": {
            "Type": "AWS::EC2::FlowLog",
            "Properties": {
                "ResourceId": {"Ref": "Vpc"},
                "ResourceType": "VPC",
                "TrafficType": "REJECT",
                "LogGroupName": "g",
            },
        },
    }
    stack = aws.deploy(resources)
    made = attributes(aws, stack)
    archive = aws.events.describe_archive(ArchiveName=made["Archive"])
    assert (archive["RetentionDays"], archive["EventPattern"]) == (3, '{"detail-type": ["Auth0 log"]}')
    assert aws.ec2.describe_flow_logs(FlowLogIds=[made["FlowLog"]])["FlowLogs"][0]["TrafficType"] == "REJECT"

    aws.cloudformation.delete_stack(StackName=stack)
    aws.cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack, WaiterConfig={"Delay": 0.1})
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        aws.events.describe_archive(ArchiveName=made["Archive"])
    assert not aws.ec2.describe_flow_logs(FlowLogIds=[made["FlowLog"]])["FlowLogs"]


def test_a_type_that_nobody_emulates_is_refused(aws: Aws) -> None:
    with pytest.raises(ClientError, match="Unrecognized resource types"):
        aws.deploy({"X": {"Type": "AWS::Chatbot::SlackChannelConfiguration"}})


def test_the_image_of_amazon_linux_2023_is_known(aws: Aws) -> None:
    name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64"
    assert aws.ssm.get_parameter(Name=name)["Parameter"]["Value"].startswith("ami-")


def test_who_asks_for_a_stack_in_motion_hears_of_its_end_at_once(aws: Aws) -> None:
    """The control: whoever names no stack is told at once that it is in motion."""
    slow = aws.function(ANSWERS_AFTER_A_SECOND)
    resources = {"Slow": {"Type": "Custom::Slow", "Properties": {"ServiceToken": slow}}}
    stack = unique("stack")
    aws.cloudformation.create_stack(StackName=stack, TemplateBody=json.dumps({"Resources": resources}))
    states = {each["StackName"]: each["StackStatus"] for each in aws.cloudformation.describe_stacks()["Stacks"]}
    assert states[stack] == "CREATE_IN_PROGRESS"
    (described,) = aws.cloudformation.describe_stacks(StackName=stack)["Stacks"]
    assert described["StackStatus"] == "CREATE_COMPLETE"


def test_a_stack_that_waits_for_its_change_set_is_told_at_once(aws: Aws) -> None:
    resources = {"Topic": {"Type": "AWS::SNS::Topic"}}
    stack = unique("stack")
    aws.cloudformation.create_change_set(
        StackName=stack,
        ChangeSetName="first",
        ChangeSetType="CREATE",
        TemplateBody=json.dumps({"Resources": resources}),
    )
    (described,) = aws.cloudformation.describe_stacks(StackName=stack)["Stacks"]
    assert described["StackStatus"] == "REVIEW_IN_PROGRESS"
