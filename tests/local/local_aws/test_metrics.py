"""What does CloudWatch count?"""

import json
from datetime import UTC, datetime, timedelta

import pytest

from local_aws.control import ACCOUNT
from tests.local.local_aws.aws import Aws, eventually, unique

pytestmark = pytest.mark.local
NOWHERE = "arn:aws:kinesis:us-east-1:000000000000:stream/nowhere"


def metric(aws: Aws, namespace: str, name: str, *, statistic: str = "Sum", **dimensions: str) -> float | None:
    """The statistic over the last hour, None without data."""
    now = datetime.now(UTC)
    query = {"Namespace": namespace, "MetricName": name, "Statistics": [statistic], "Period": 3600}
    window = {"StartTime": now - timedelta(hours=1), "EndTime": now + timedelta(hours=1)}
    named = [{"Name": key, "Value": value} for key, value in dimensions.items()]
    points = aws.cloudwatch.get_metric_statistics(**query, **window, Dimensions=named)["Datapoints"]
    return sum(point[statistic] for point in points) if points else None


def test_a_rule_counts_what_it_matches_and_delivers_under_both_dimensions(aws: Aws) -> None:
    bus, (url, arn), (_, other_arn) = unique("bus"), aws.queue(), aws.queue()
    rule = aws.rule(bus, {"Arn": arn}, {"Arn": other_arn})
    idle = aws.rule(bus, {"Arn": arn}, pattern={"source": ["nobody"]})
    for n in range(3):
        aws.put(bus, {"n": n})
    aws.messages(url, 3)

    def counted(name: str, rule: str = rule) -> float | None:
        return metric(aws, "AWS/Events", name, EventBusName=bus, RuleName=rule)

    eventually(lambda: counted("Invocations") == 6)
    assert (counted("MatchedEvents"), counted("TriggeredRules")) == (3, 3)
    only_if_any = ("FailedInvocations", "InvocationsSentToDlq", "RetryInvocationAttempts")
    assert [counted(name) for name in only_if_any] == [None, None, None]
    assert counted("MatchedEvents", idle) is None
    assert metric(aws, "AWS/Events", "MatchedEvents", RuleName=rule) is None


def test_a_rule_of_the_default_bus_has_one_dimension(aws: Aws) -> None:
    (url, arn), source = aws.queue(), unique("source")
    rule = aws.rule("default", {"Arn": arn}, pattern={"source": [source]})
    aws.put("default", Source=source)
    aws.messages(url)
    assert metric(aws, "AWS/Events", "MatchedEvents", RuleName=rule) == 1
    assert metric(aws, "AWS/Events", "MatchedEvents", RuleName=rule, EventBusName="default") is None


def test_what_cannot_be_delivered_is_counted_by_whether_it_was_kept(aws: Aws) -> None:
    bus, (url, arn) = unique("bus"), aws.queue()
    kept = aws.rule(bus, {"Arn": NOWHERE, "DeadLetterConfig": {"Arn": arn}})
    lost = aws.rule(bus, {"Arn": NOWHERE, "DeadLetterConfig": {"Arn": f"{arn}-gone"}})
    dropped = aws.rule(bus, {"Arn": NOWHERE})
    aws.put(bus)
    aws.messages(url)
    names = ("Invocations", "FailedInvocations", "InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq")

    def counted(rule: str) -> list[float | None]:
        return [metric(aws, "AWS/Events", name, EventBusName=bus, RuleName=rule) for name in names]

    eventually(lambda: counted(dropped)[0])
    assert [counted(rule) for rule in (kept, lost, dropped)] == [[1, 1, 1, None], [1, 1, None, 1], [1, 1, None, None]]


def test_events_of_a_partner_are_counted_once_there_is_a_bus(aws: Aws) -> None:
    auth0, source = Aws(aws.running, account="999999999999"), f"aws.partner/auth0.com/{unique('tenant')}/auth0.logs"
    entry = {"Source": source, "DetailType": "Auth0 log", "Detail": "{}"}
    auth0.events.create_partner_event_source(Name=source, Account=ACCOUNT)
    auth0.events.put_partner_events(Entries=[entry])
    assert metric(aws, "AWS/Events", "Events", EventSourceName=source) is None
    aws.events.create_event_bus(Name=source, EventSourceName=source)
    auth0.events.put_partner_events(Entries=[entry, entry])
    assert metric(aws, "AWS/Events", "Events", EventSourceName=source) == 2


def test_a_queue_tells_how_many_messages_wait_and_how_long(aws: Aws) -> None:
    url, _ = aws.queue()
    name = url.rpartition("/")[2]
    for _ in range(3):
        aws.sqs.send_message(QueueUrl=url, MessageBody="x")

    def most(metric_name: str) -> float | None:
        return metric(aws, "AWS/SQS", metric_name, statistic="Maximum", QueueName=name)

    eventually(lambda: most("ApproximateNumberOfMessagesVisible") == 3)
    assert eventually(lambda: most("ApproximateAgeOfOldestMessage") or 0) < 60


def test_a_functions_runs_errors_and_embedded_metrics_are_counted(aws: Aws) -> None:
    arn = aws.function(
        """
        import json
        def handler(event, context):
            if event == "fail":
                raise ValueError(event)
            metrics = [{"Name": "Logins", "Unit": "Count"}, {"Name": "Took", "Unit": "Milliseconds"}]
            directive = {"Namespace": event, "Dimensions": [["service"]], "Metrics": metrics}
            print("no metric: _aws")
            print(json.dumps({"_aws": {"CloudWatchMetrics": [directive]}, "service": "s", "Logins": 2, "Took": [5, 7]}))
        """
    )
    function, namespace = arn.rpartition(":")[2], unique("namespace")
    for event in (namespace, namespace, "fail"):
        aws.functions.invoke(FunctionName=arn, Payload=json.dumps(event))
    counted = [metric(aws, "AWS/Lambda", name, FunctionName=function) for name in ("Invocations", "Errors")]
    assert counted == [3, 1]
    eventually(lambda: metric(aws, namespace, "Logins", service="s") == 4)
    assert metric(aws, namespace, "Took", statistic="Average", service="s") == 6


def test_a_function_counts_what_it_runs_for_an_event_and_the_failures_that_nothing_keeps(aws: Aws) -> None:
    bus, (_, gone) = unique("bus"), aws.queue()
    arn = aws.function("def handler(event, context): raise ValueError")
    aws.functions.put_function_event_invoke_config(
        FunctionName=arn,
        MaximumRetryAttempts=1,
        DestinationConfig={"OnFailure": {"Destination": f"{gone}-gone"}},
    )
    aws.rule(bus, {"Arn": arn})
    aws.put(bus)

    def counted(name: str) -> float | None:
        return metric(aws, "AWS/Lambda", name, FunctionName=arn.rpartition(":")[2])

    eventually(lambda: counted("DestinationDeliveryFailures") == 1)
    assert (counted("Invocations"), counted("Errors")) == (2, 2)


def test_a_stream_that_a_mapping_reads_is_read(aws: Aws) -> None:
    streams = [unique("stream"), unique("stream")]
    for name in streams:
        aws.kinesis.create_stream(StreamName=name, ShardCount=1)
    arn = eventually(lambda: aws.kinesis.describe_stream(StreamName=streams[0])["StreamDescription"]["StreamARN"])
    function = aws.function("def handler(event, context): pass")
    mapping = aws.functions.create_event_source_mapping(
        FunctionName=function, EventSourceArn=arn, StartingPosition="LATEST"
    )
    eventually(lambda: metric(aws, "AWS/Kinesis", "GetRecords.Success", StreamName=streams[0]))
    aws.functions.delete_event_source_mapping(UUID=mapping["UUID"])
    assert metric(aws, "AWS/Kinesis", "GetRecords.Success", StreamName=streams[1]) is None
