"""Does an alarm see its own metric, and no other's?"""

import json
from typing import Any

import pytest

from tests.local.local_aws.aws import Aws, eventually, unique

pytestmark = pytest.mark.local


def state(aws: Aws, name: str) -> object:
    described = aws.cloudwatch.describe_alarms(AlarmNames=[name], AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    return (described["MetricAlarms"] + described["CompositeAlarms"])[0]["StateValue"]


def alarm(aws: Aws, queue: str, **settings: Any) -> str:
    """On the messages of a queue; its name."""
    name = unique("alarm")
    metric = {"Namespace": "AWS/SQS", "MetricName": "ApproximateNumberOfMessagesVisible", "Statistic": "Maximum"}
    breach = {"Threshold": 0, "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "notBreaching"}
    periods = {"Period": 60, "EvaluationPeriods": 1, "Dimensions": [{"Name": "QueueName", "Value": queue}]}
    aws.cloudwatch.put_metric_alarm(AlarmName=name, **metric | breach | periods | settings)
    return name


def test_an_alarm_on_a_queue_rises_for_its_own_messages_and_tells_its_topic(aws: Aws) -> None:
    (url, _), (told_url, told_arn), (other_url, _) = aws.queue(), aws.queue(), aws.queue()
    topic = aws.sns.create_topic(Name=unique("topic"))["TopicArn"]
    aws.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=told_arn)
    full, empty = (
        alarm(aws, each.rpartition("/")[2], AlarmActions=[topic], OKActions=[topic]) for each in (url, other_url)
    )
    eventually(lambda: state(aws, full) == state(aws, empty) == "OK")
    aws.messages(told_url, 2)
    aws.sqs.send_message(QueueUrl=url, MessageBody="x")
    eventually(lambda: state(aws, full) == "ALARM")
    assert state(aws, empty) == "OK"
    said = json.loads(json.loads(aws.messages(told_url)[0]["Body"])["Message"])
    assert (said["AlarmName"], said["OldStateValue"], said["NewStateValue"]) == (full, "OK", "ALARM")


def test_an_alarm_of_several_periods_waits_for_enough_of_them(aws: Aws) -> None:
    """The latest period alone has data."""
    url, _ = aws.queue()
    queue = url.rpartition("/")[2]
    aws.sqs.send_message(QueueUrl=url, MessageBody="x")
    one = alarm(aws, queue, EvaluationPeriods=3, DatapointsToAlarm=1)
    all_three = alarm(aws, queue, EvaluationPeriods=3)
    with_gaps = alarm(aws, queue, EvaluationPeriods=3, TreatMissingData="breaching")
    eventually(lambda: state(aws, one) == "ALARM")
    assert (state(aws, all_three), state(aws, with_gaps)) == ("OK", "ALARM")


def test_a_composite_alarm_of_a_template_follows_its_children(aws: Aws) -> None:
    (url, _), name = aws.queue(), unique("composite")
    child = alarm(aws, url.rpartition("/")[2])
    rule = {"AlarmName": name, "AlarmRule": f'ALARM("{child}")'}
    stack = aws.deploy({"A": {"Type": "AWS::CloudWatch::CompositeAlarm", "Properties": rule}})
    assert state(aws, name) == "OK"
    aws.sqs.send_message(QueueUrl=url, MessageBody="x")
    eventually(lambda: state(aws, name) == "ALARM")
    changed = rule | {"AlarmRule": f'NOT ALARM("{child}")'}
    aws.deploy({"A": {"Type": "AWS::CloudWatch::CompositeAlarm", "Properties": changed}}, stack)
    eventually(lambda: state(aws, name) == "OK")
    aws.cloudformation.delete_stack(StackName=stack)
    eventually(
        lambda: not aws.cloudwatch.describe_alarms(AlarmNames=[name], AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
    )


def test_a_metric_math_alarm_is_stored_and_has_no_data(aws: Aws) -> None:
    name = unique("alarm")
    math = [{"Id": "e", "Expression": "1 + 1", "ReturnData": True}]
    properties = {"AlarmName": name, "Metrics": math, "EvaluationPeriods": 1, "Threshold": 0}
    properties |= {"ComparisonOperator": "GreaterThanThreshold"}
    aws.deploy({"A": {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}})
    (described,) = aws.cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]
    assert (described["StateValue"], described["Metrics"]) == ("INSUFFICIENT_DATA", math)
    assert "metric math" in described["StateReason"]
