"""What costs without any event, calculated by hand?"""

from typing import Any

import pytest

from ops.cost.inventory import Inventory
from ops.cost.prices import BadPrices
from tests.unit.ops.cost.templates import MONITORING, figures, inventory, target

GROUP = {"MinSize": "2", "LaunchTemplate": {"LaunchTemplateId": {"Ref": "InstancesTemplate1A2B3C4D"}}}


def instances(kind: str = "t4g.micro", *, is_public: bool = True) -> Inventory:
    data = {
        "InstanceType": kind,
        "BlockDeviceMappings": [{"Ebs": {"VolumeSize": 8, "VolumeType": "gp3"}}],
        "NetworkInterfaces": [{"AssociatePublicIpAddress": is_public}],
    }
    return inventory(
        InstancesTemplate=("EC2::LaunchTemplate", {"LaunchTemplateData": data}),
        InstancesGroupASG=("AutoScaling::AutoScalingGroup", GROUP),
    )


@pytest.mark.parametrize(
    ("kind", "properties", "expected"),
    [
        ("KMS::Key", {}, {"kinesis: keys": 1.0}),
        ("CloudWatch::Alarm", {"MetricName": "Errors"}, {"kinesis: alarms": 0.1}),
        (
            "CloudWatch::Alarm",
            {"Metrics": [{"Expression": "a + b"}, {"MetricStat": {}}, {"MetricStat": {}}]},
            {"kinesis: alarms": 0.2},
        ),
        ("CloudWatch::CompositeAlarm", {}, {"kinesis: composite alarm": 0.5}),
        ("CloudWatch::Dashboard", {}, {"kinesis: dashboard": 3.0}),
        ("Kinesis::Stream", {"ShardCount": 2}, {"kinesis: shards": 2 * 10.95}),
        (
            "Kinesis::Stream",
            {"ShardCount": 1, "RetentionPeriodHours": 168},
            {"kinesis: shards": 10.95, "kinesis: shards: records kept over a day": 14.6},
        ),
        ("Kinesis::Stream", {"StreamModeDetails": {"StreamMode": "ON_DEMAND"}}, {"kinesis: stream": 29.2}),
        ("SQS::Queue", {}, {}),
    ],
)
def test_a_resource_costs_what_its_price_says(kind: str, properties: Any, expected: dict[str, float]) -> None:
    assert figures(inventory(ActivityThing=(kind, properties))) == expected


def test_an_instance_costs_its_hours_its_volume_its_address_and_what_it_asks_of_an_empty_queue() -> None:
    assert figures(instances()) == {
        "ec2: instances": round(2 * 730 * 0.0084, 5),
        "ec2: volumes": 2 * 8 * 0.08,
        "ec2: public addresses": 2 * 730 * 0.005,
        "ec2: requests at an empty queue": round(2 * 730 * 180 * 0.4e-6, 5),
    }
    assert "ec2: public addresses" not in figures(instances(is_public=False))


def test_a_kind_of_instance_without_a_price_is_named_with_what_to_do() -> None:
    with pytest.raises(BadPrices, match=r"no price `ec2_m7g_large_hour`: add it .*--prices"):
        figures(instances("m7g.large"))


@pytest.mark.parametrize(
    ("rate", "runs"), [("rate(1 hour)", 730), ("rate(30 minutes)", 1460), ("rate(2 days)", 730 / 48)]
)
def test_a_schedule_starts_tasks_that_each_cost_a_minute(rate: str, runs: float) -> None:
    definition = {"Cpu": "256", "Memory": "512", "RuntimePlatform": {"CpuArchitecture": "ARM64"}}
    network = {"AwsVpcConfiguration": {"AssignPublicIp": "ENABLED"}}
    start = {"TaskDefinitionArn": {"Ref": "Task1A2B3C4D"}, "NetworkConfiguration": network}
    found = inventory(
        Task=("ECS::TaskDefinition", definition),
        TaskSweep=(
            "Events::Rule",
            {"ScheduleExpression": rate, "Targets": [target("TaskCluster", EcsParameters=start)]},
        ),
    )
    each = (0.25 * 0.03238 + 0.5 * 0.00356 + 0.005) / 60
    assert figures(found) == {"ecs: tasks by the clock": pytest.approx(runs * each, abs=1e-5)}


def test_an_alarm_belongs_to_what_it_watches() -> None:
    alarm = ("CloudWatch::Alarm", {"MetricName": "Errors"})
    found = inventory(MONITORING, ActivityErrors=alarm, SenderErrors=alarm, TaskInboxExpiring=alarm, Odd=alarm)
    assert {line.split(":")[0] for line in figures(found)} == {"kinesis", "sender", "ecs", "every environment"}
