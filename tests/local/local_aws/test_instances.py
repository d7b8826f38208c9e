"""Does an auto-scaling group run what its launch template says?"""

import pytest

from tests.local.local_aws.aws import Aws, eventually, unique

pytestmark = pytest.mark.local
USER_DATA = """#!/bin/bash
set -euo pipefail
dnf install --assumeyes python3-boto3
mkdir --parents /opt/worker
cat > /opt/worker/worker.py <<'END_OF_FILE'
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('bye', flush=True)))
print(os.environ['WORD'], os.environ.get('AWS_REGION'), sys.argv[1:], flush=True)
time.sleep(60)
END_OF_FILE
cat > /etc/systemd/system/worker.service <<'END_OF_FILE'
[Service]
Environment=WORD=${Word}
ExecStart=/usr/bin/python3 /opt/worker/worker.py poll
StandardOutput=append:/var/log/worker/worker.log
Restart=always
END_OF_FILE
cat > /opt/worker/agent.json <<'END_OF_FILE'
{"logs": {"logs_collected": {"files": {"collect_list": [
  {"file_path": "/var/log/worker/worker.log", "log_group_name": "${Logs}", "log_stream_name": "{instance_id}"}]}}}}
END_OF_FILE
systemctl enable --now worker.service
"""


def group(word: str, logs: str, capacity: int = 1) -> dict[str, object]:
    script = {"Fn::Base64": {"Fn::Sub": [USER_DATA, {"Word": word, "Logs": {"Ref": "Logs"}}]}}
    template = {"LaunchTemplateId": {"Ref": "Template"}, "Version": {"Fn::GetAtt": ["Template", "LatestVersionNumber"]}}
    return {
        "Logs": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": logs}, "DeletionPolicy": "Retain"},
        "Template": {"Type": "AWS::EC2::LaunchTemplate", "Properties": {"LaunchTemplateData": {"UserData": script}}},
        "Group": {
            "Type": "AWS::AutoScaling::AutoScalingGroup",
            "Properties": {"MinSize": str(capacity), "MaxSize": "3", "LaunchTemplate": template},
        },
    }


def running(aws: Aws, stack: str) -> list[str]:
    name = aws.cloudformation.describe_stack_resource(StackName=stack, LogicalResourceId="Group")
    found = aws.autoscaling.describe_auto_scaling_groups(
        AutoScalingGroupNames=[name["StackResourceDetail"]["PhysicalResourceId"]]
    )
    return [each["InstanceId"] for each in found["AutoScalingGroups"][0]["Instances"]]


def test_an_instance_runs_the_unit_of_its_user_data_until_it_is_updated_or_deleted(aws: Aws) -> None:
    logs = unique("group")
    stack = aws.deploy(group("first", logs))
    eventually(lambda: aws.log_lines(logs) == ["first None ['poll']"])
    first = running(aws, stack)
    streams = aws.logs.describe_log_streams(logGroupName=logs)["logStreams"]
    assert [stream["logStreamName"] for stream in streams] == first

    aws.deploy(group("second", logs), stack)
    eventually(lambda: sorted(aws.log_lines(logs)) == ["bye", "first None ['poll']", "second None ['poll']"])
    second = running(aws, stack)
    assert second != first

    aws.deploy(group("second", logs, capacity=2), stack)
    eventually(lambda: sorted(aws.log_lines(logs)).count("second None ['poll']") == 2)
    aws.cloudformation.delete_stack(StackName=stack)
    aws.cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack, WaiterConfig={"Delay": 0.1})
    eventually(lambda: aws.log_lines(logs).count("bye") == 3)
