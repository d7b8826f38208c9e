"""What stands in for an AWS account with a deployed environment in the tests of `status`?"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore import xform_name
from botocore.client import BaseClient
from botocore.exceptions import ClientError

REGION, ELSEWHERE = "eu-west-1", "us-east-1"
SOURCE = "aws.partner/auth0.com/example-tenant-1234/auth0.logs"
SIMULATION = "Auth0EventsdevEventBusSimulationBus"
NOW = datetime.now(UTC)
LETTERS_ARN = "arn:aws:sqs:eu-west-1:123456789012:TaskInboxUnprocessed"
Answer = Callable[[Mapping[str, Any]], Any]
STACKS: dict[str, dict[tuple[str, str], str]] = {
    "EventBus": {
        ("AWS::Events::EventBus", "PartnerBus"): SOURCE,
        ("AWS::Events::EventBus", "SimulationBus"): SIMULATION,
        ("AWS::Events::Archive", "PartnerBusArchive"): "partner-archive",
        ("AWS::Events::Archive", "SimulationBusArchive"): "simulation-archive",
    },
    "Targets": {
        ("AWS::Events::Rule", "EverythingOnPartnerBus"): f"{SOURCE}|Everything",
        ("AWS::Events::Rule", "EverythingOnSimulationBus"): f"{SIMULATION}|Everything",
        ("AWS::Events::Rule", "TaskSweep"): "Auth0Events-dev-Targets-TaskSweep",
        ("AWS::Lambda::Function", "AlertFunction"): "Auth0Events-dev-AlertFunction",
        ("AWS::Lambda::EventSourceMapping", "ActivityFunctionKinesisEventSourceStream"): "a-uuid",
        ("AWS::SQS::Queue", "AlertRouteUndeliveredQueue"): "https://sqs/AlertRouteUndelivered",
        ("AWS::SQS::Queue", "TaskInboxQueue"): "https://sqs/TaskInbox",
        ("AWS::SQS::Queue", "TaskInboxUnprocessedQueue"): "https://sqs/TaskInboxUnprocessed",
        ("AWS::Logs::LogGroup", "EventLogEventsLogGroup"): "/event-log",
        ("AWS::Kinesis::Stream", "ActivityRouteStream"): "a-stream",
        ("AWS::ECS::Cluster", "TaskCluster"): "a-cluster",
        ("AWS::SNS::Topic", "AlertTopic"): "arn:aws:sns:eu-west-1:123456789012:alerts",
    },
    "Sender": {
        ("AWS::Lambda::Function", "SenderFunction"): "Auth0Events-dev-SenderFunction",
        ("AWS::Logs::LogGroup", "SenderLogsLogGroup"): "/sender",
    },
    "Monitoring": {
        ("AWS::CloudWatch::Alarm", "AlertRouteUndelivered"): "alarm-undelivered",
        ("AWS::CloudWatch::Alarm", "EverythingOnPartnerBusUnkept"): "alarm-unkept",
        ("AWS::CloudWatch::CompositeAlarm", "Anything"): "alarm-anything",
        ("AWS::SNS::Topic", "AlarmTopic"): "arn:aws:sns:eu-west-1:123456789012:alarms",
    },
}
OUTPUTS = {"EventBus": {"PartnerBusName": SOURCE, "SimulationBusName": SIMULATION}}


def refusal(code: str, operation: str, message: str = "no") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, operation)


class Account:
    """Everything of the environment `dev` is well; a test breaks what it is about. `denied`: operations by name."""

    def __init__(self) -> None:
        self.stacks = dict.fromkeys(STACKS, "CREATE_COMPLETE")
        self.has_partner_bus = True
        self.outputs = {stack: dict(outputs) for stack, outputs in OUTPUTS.items()}
        self.sources = {REGION: {SOURCE: "ACTIVE"}}
        self.dead_regions = {"ap-east-1": "UnrecognizedClientException"}
        self.stack_region = REGION
        self.bootstrap: str | None = "33"
        self.buses = {SOURCE, SIMULATION}
        self.archives = {"partner-archive": "ENABLED", "simulation-archive": "ENABLED"}
        self.rules = {(SOURCE, "Everything"): "ENABLED", (SIMULATION, "Everything"): "ENABLED"}
        self.rules["default", "Auth0Events-dev-Targets-TaskSweep"] = "ENABLED"
        self.targets = ["arn:aws:lambda:eu-west-1:123456789012:function:Auth0Events-dev-AlertFunction"]
        self.letters = {"AlertRouteUndelivered": (0, 0), "TaskInbox": (3, 1), "TaskInboxUnprocessed": (0, 0)}
        self.function: dict[str, Any] = {"State": "Active", "Runtime": "python3.14", "CodeSha256": "abcdefghijkl"}
        self.reader: dict[str, Any] | None = {"UUID": "a-uuid", "State": "Enabled"}
        self.log_groups, self.streams, self.clusters = {"/event-log", "/sender"}, {"a-stream"}, {"a-cluster"}
        self.alarms: dict[str, dict[str, Any]] = {
            name: {
                "AlarmName": name,
                "StateValue": "OK",
                "ActionsEnabled": True,
                "AlarmDescription": "It is. See docs/x.md",
            }
            for name in ("alarm-undelivered", "alarm-unkept", "alarm-anything")
        }
        self.alarms["alarm-anything"]["AlarmRule"] = 'ALARM("alarm-undelivered") OR ALARM("alarm-unkept")'
        self.topics = {"alerts", "alarms"}
        self.subscriptions = ["arn:aws:sns:eu-west-1:123456789012:alarms:1"]
        self.last_events = {SOURCE: NOW - timedelta(minutes=2), SIMULATION: NOW - timedelta(minutes=2)}
        self.sender_lines = [self.run_of_sender(sent=20, failed=0)]
        self.denied: set[str] = set()
        self.refused: str | None = None  # with which code AWS refuses every call
        self.asked: list[str] = []
        self.settings: dict[str, Any] = {}  # of the client that asked, by operation

    @staticmethod
    def run_of_sender(*, sent: int, failed: int) -> str:
        return json.dumps({"EventsSent": [float(sent)], "EventsFailed": [float(failed)]})

    def install(self, patch: pytest.MonkeyPatch) -> None:
        def call(client: Any, operation: str, arguments: Mapping[str, Any]) -> Any:
            self.asked.append(operation)
            region = client.meta.region_name
            if region == REGION:
                self.settings[operation] = client.meta.config
            if code := self.refused or self.dead_regions.get(region):
                raise refusal(code, operation)
            if operation in self.denied:
                raise refusal("AccessDeniedException", operation)
            return getattr(self, xform_name(operation))({**arguments, "region": region})

        patch.setattr(BaseClient, "_make_api_call", call)

    def describe_stacks(self, asked: Mapping[str, Any]) -> Any:
        name = asked["StackName"].removeprefix("Auth0Events-dev-")
        if name not in self.stacks or asked["region"] != self.stack_region:
            raise refusal("ValidationError", "DescribeStacks", f"Stack with id {asked['StackName']} does not exist")
        outputs = {key: value for key, value in self.outputs.get(name, {}).items() if self._is_there(key)}
        listed = [{"OutputKey": key, "OutputValue": value} for key, value in outputs.items()]
        return {"Stacks": [{"StackStatus": self.stacks[name], "CreationTime": NOW, "Outputs": listed}]}

    def list_stack_resources(self, asked: Mapping[str, Any]) -> Any:
        found = STACKS[asked["StackName"].removeprefix("Auth0Events-dev-")]
        return {
            "StackResourceSummaries": [
                {"LogicalResourceId": f"{path}1A2B3C4D", "PhysicalResourceId": physical, "ResourceType": kind}
                for (kind, path), physical in found.items()
                if self._is_there(path)
            ]
        }

    def _is_there(self, path: str) -> bool:
        return self.has_partner_bus or "PartnerBus" not in path

    def get_parameter(self, _asked: Mapping[str, Any]) -> Any:
        if self.bootstrap is None:
            raise refusal("ParameterNotFound", "GetParameter")
        return {"Parameter": {"Value": self.bootstrap}}

    def list_event_sources(self, asked: Mapping[str, Any]) -> Any:
        found = self.sources.get(asked["region"], {}).items()
        listed = [
            {"Name": name, "State": state, "ExpirationTime": NOW + timedelta(days=13, hours=1)}
            for name, state in found
            if name.startswith(asked["NamePrefix"])
        ]
        first = {"EventSources": listed[:1], "NextToken": "more"}
        return {"EventSources": listed[1:]} if "NextToken" in asked else first

    def describe_event_bus(self, asked: Mapping[str, Any]) -> Any:
        if asked["Name"] not in self.buses:
            raise refusal("ResourceNotFoundException", "DescribeEventBus")
        return {"Name": asked["Name"]}

    def describe_archive(self, asked: Mapping[str, Any]) -> Any:
        if asked["ArchiveName"] not in self.archives:
            raise refusal("ResourceNotFoundException", "DescribeArchive")
        return {
            "State": self.archives[asked["ArchiveName"]],
            "EventCount": 1234,
            "SizeBytes": 5_600_000,
            "RetentionDays": 30,
        }

    def describe_rule(self, asked: Mapping[str, Any]) -> Any:
        if (key := (asked["EventBusName"], asked["Name"])) not in self.rules:
            raise refusal("ResourceNotFoundException", "DescribeRule")
        return {"State": self.rules[key]}

    def list_targets_by_rule(self, _asked: Mapping[str, Any]) -> Any:
        return {"Targets": [{"Id": arn, "Arn": arn} for arn in self.targets]}

    def get_queue_attributes(self, asked: Mapping[str, Any]) -> Any:
        name = asked["QueueUrl"].rpartition("/")[2]
        if name not in self.letters:
            raise refusal("AWS.SimpleQueueService.NonExistentQueue", "GetQueueAttributes")
        waiting, held = self.letters[name]
        found = {
            "QueueArn": name,
            "ApproximateNumberOfMessages": waiting,
            "ApproximateNumberOfMessagesNotVisible": held,
        }
        policy = {"RedrivePolicy": json.dumps({"deadLetterTargetArn": LETTERS_ARN})} if name == "TaskInbox" else {}
        attributes = {key: str(value) for key, value in found.items()} | policy
        return {"Attributes": attributes, "ResponseMetadata": {"HTTPHeaders": {}}}

    def get_function_configuration(self, _asked: Mapping[str, Any]) -> Any:
        return self.function

    def get_event_source_mapping(self, _asked: Mapping[str, Any]) -> Any:
        if self.reader is None:
            raise refusal("ResourceNotFoundException", "GetEventSourceMapping")
        return self.reader

    def get_metric_data(self, asked: Mapping[str, Any]) -> Any:
        results = []
        for query in asked["MetricDataQueries"]:
            (bus,) = (
                each["Value"] for each in query["MetricStat"]["Metric"]["Dimensions"] if each["Name"] == "EventBusName"
            )
            last = self.last_events.get(bus)
            is_in = last is not None and asked["StartTime"] <= last < asked["EndTime"]
            results.append({"Id": query["Id"], "Timestamps": [last] * is_in, "Values": [4.0] * is_in})
        return {"MetricDataResults": results}

    def describe_alarms(self, asked: Mapping[str, Any]) -> Any:
        found = [alarm for name, alarm in self.alarms.items() if name in asked["AlarmNames"]]
        return {
            "MetricAlarms": [alarm for alarm in found if "AlarmRule" not in alarm],
            "CompositeAlarms": [alarm for alarm in found if "AlarmRule" in alarm],
        }

    def describe_log_groups(self, asked: Mapping[str, Any]) -> Any:
        found = {*self.log_groups, "/event-log-of-another"}
        return {"logGroups": [{"logGroupName": n} for n in sorted(found) if n.startswith(asked["logGroupNamePrefix"])]}

    def describe_stream_summary(self, asked: Mapping[str, Any]) -> Any:
        if asked["StreamName"] not in self.streams:
            raise refusal("ResourceNotFoundException", "DescribeStreamSummary")
        return {"StreamDescriptionSummary": {"StreamStatus": "ACTIVE"}}

    def describe_clusters(self, asked: Mapping[str, Any]) -> Any:
        gone = [{"clusterName": name, "status": "INACTIVE"} for name in asked["clusters"]]
        return {"clusters": [{"status": "ACTIVE"}] if self.clusters.issuperset(asked["clusters"]) else gone}

    def list_subscriptions_by_topic(self, asked: Mapping[str, Any]) -> Any:
        if asked["TopicArn"].rpartition(":")[2] not in self.topics:
            raise refusal("NotFound", "ListSubscriptionsByTopic")
        return {"Subscriptions": [{"SubscriptionArn": arn} for arn in self.subscriptions]}

    def filter_log_events(self, _asked: Mapping[str, Any]) -> Any:
        at = int((NOW - timedelta(minutes=3)).timestamp() * 1_000)
        return {"events": [{"timestamp": at + n, "message": line} for n, line in enumerate(self.sender_lines)]}
