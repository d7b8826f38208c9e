"""What stands in for an account with a deployed environment?"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from lambda_src.auth0_events.envelope import DETAIL_TYPE, SIMULATION_SOURCE_PREFIX
from tests.emulated.ops.calls import answer
from tests.unit.ops.names import ACCOUNT, REGION, event

GROUP = "/aws/event-log"
PATTERN: dict[str, Any] = {"source": [{"prefix": SIMULATION_SOURCE_PREFIX}], "detail-type": [DETAIL_TYPE]}
ALERT = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:dev-Alert"
LOG_GROUP = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{GROUP}"


class Account:
    """The environment `dev` in moto: a simulation bus with its archive, two rules, and an event log."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.events: Any = boto3.client("events")
        self.logs: Any = boto3.client("logs")
        self.resources = [self.bus("Simulation")]
        self.outputs = {"SimulationBusName": "Simulation", "EventLogGroupName": GROUP}
        self.rule("Everything", PATTERN, LOG_GROUP)
        self.rule("AttackProtection", PATTERN | {"detail": {"data": {"type": ["limit_wc"]}}}, ALERT)
        self.resources.append(("AWS::Lambda::Function", "AlertFunction", "dev-Alert"))
        self.resources.append(("AWS::Logs::LogGroup", "EventLog", GROUP))
        self.logs.create_log_group(logGroupName=GROUP)
        self.logs.create_log_stream(logGroupName=GROUP, logStreamName="s")
        answer(patch, "DescribeStacks", self._stacks)
        answer(patch, "ListStackResources", self._resources)

    def bus(self, name: str) -> tuple[str, str, str]:
        arn = self.events.create_event_bus(Name=name)["EventBusArn"]
        self.events.create_archive(ArchiveName=f"{name}Archive", EventSourceArn=arn, RetentionDays=30)
        return "AWS::Events::Archive", f"{name}BusArchive", f"{name}Archive"

    def rule(self, name: str, pattern: Any, target: str) -> None:
        self.events.put_rule(Name=name, EventBusName="Simulation", EventPattern=json.dumps(pattern))
        self.events.put_targets(Rule=name, EventBusName="Simulation", Targets=[{"Id": "1", "Arn": target}])

    def log(self, *log_types: str) -> None:
        at = datetime.now(UTC) - timedelta(minutes=30)
        for log_type in log_types:
            line = event("log-1", log_type) | {"source": f"{SIMULATION_SOURCE_PREFIX}t", "time": at.isoformat()}
            lines = [{"timestamp": int(at.timestamp() * 1_000), "message": json.dumps(line)}]
            self.logs.put_log_events(logGroupName=GROUP, logStreamName="s", logEvents=lines)

    def describe(self, **said: Any) -> None:
        """Each replay is as said from now on."""
        answer(self.patch, "DescribeReplay", lambda arguments: {"ReplayName": arguments["ReplayName"], **said})

    def _stacks(self, arguments: Mapping[str, Any]) -> Any:
        outputs = [{"OutputKey": key, "OutputValue": value} for key, value in self.outputs.items()]
        return {"Stacks": [{"StackStatus": "CREATE_COMPLETE", "CreationTime": None, "Outputs": outputs}]}

    def _resources(self, _arguments: object) -> Any:
        return {
            "StackResourceSummaries": [
                {"ResourceType": kind, "LogicalResourceId": f"{path}1A2B3C4D", "PhysicalResourceId": physical}
                for kind, path, physical in self.resources
            ]
        }

    def replays(self) -> list[Any]:
        names = [each["ReplayName"] for each in self.events.list_replays()["Replays"]]
        return [self.events.describe_replay(ReplayName=name) for name in names]
