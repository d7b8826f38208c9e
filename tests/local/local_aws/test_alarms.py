"""Does an alarm see its own metric, and no other's?"""

import pytest

from tests.local.local_aws.aws import Aws, eventually, unique

pytestmark = pytest.mark.local


def state(aws: Aws, name: str) -> object:
    return aws.cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"]


def test_an_alarm_on_a_queue_rises_for_its_own_messages_and_tells_its_topic(aws: Aws) -> None:
    (url, _), (told_url, told_arn) = aws.queue(), aws.queue()
    topic = aws.sns.create_topic(Name=unique("topic"))["TopicArn"]
    aws.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=told_arn)
    names = {"full": url.rpartition("/")[2], "empty": aws.queue()[0].rpartition("/")[2]}
    for alarm, queue in names.items():
        aws.cloudwatch.put_metric_alarm(
            AlarmName=f"{alarm}-{queue}",
            Namespace="AWS/SQS",
            MetricName="ApproximateNumberOfMessagesVisible",
            Dimensions=[{"Name": "QueueName", "Value": queue}],
            Statistic="Maximum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=0,
            ComparisonOperator="GreaterThanThreshold",
            TreatMissingData="notBreaching",
            AlarmActions=[topic],
        )
    aws.sqs.send_message(QueueUrl=url, MessageBody="x")
    eventually(lambda: state(aws, f"full-{names['full']}") == "ALARM")
    assert state(aws, f"empty-{names['empty']}") == "OK"
    assert f"full-{names['full']}" in aws.messages(told_url)[0]["Body"]


def test_a_metric_math_alarm_is_stored_and_has_no_data(aws: Aws) -> None:
    name = unique("alarm")
    math = [{"Id": "e", "Expression": "1 + 1", "ReturnData": True}]
    properties = {"AlarmName": name, "Metrics": math, "EvaluationPeriods": 1, "Threshold": 0}
    properties |= {"ComparisonOperator": "GreaterThanThreshold"}
    aws.deploy({"A": {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}})
    assert state(aws, name) == "INSUFFICIENT_DATA"
