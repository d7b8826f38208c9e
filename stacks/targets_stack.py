"""Which targets does an environment have, and which routes lead to them?"""

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import CfnOutput, Duration, Fn, RemovalPolicy, Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct, IDependable

from lambda_src.auth0_events.envelope import DETAIL_TYPE
from stacks.components.alert_topic import AlertTopic
from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.components.event_function import EventFunction
from stacks.components.here import arn
from stacks.components.idempotency_table import IdempotencyTable
from stacks.components.route_to_function import RouteToFunction
from stacks.components.route_to_instances import RouteToInstances
from stacks.components.route_to_log_group import RouteToLogGroup
from stacks.components.route_to_stream import RouteToStream
from stacks.components.route_to_task import RouteToTask
from stacks.components.rule import Rule
from stacks.components.worker_network import WorkerNetwork
from stacks.route import Route, Target
from stacks.settings import Settings

Destination = RouteToFunction | RouteToStream | RouteToLogGroup | RouteToTask | RouteToInstances


class TargetsStack(Stack):
    """The sample targets that the settings choose, and one rule for each bus and route that has any of them."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: Settings,
        encryption_key: kms.IKey,
        buses: Sequence[Auth0EventBus],
        routes: Sequence[Route],
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        self._settings = settings
        self._encryption_key = encryption_key
        self._network: WorkerNetwork | None = None
        self.destinations = {target: self._build(target) for target in Target if self._is_wanted(target)}
        self.rules = [
            (bus, route)
            for bus in buses
            for route in routes
            if any(target in self.destinations for target in route.targets)
        ]
        rights = {target: self._let_in(target) for target in self.destinations}
        for bus, route in self.rules:
            self._add_rule(bus, route, rights)

    @property
    def availability_zones(self) -> list[str]:
        """Left to CloudFormation: aws-cdk would ask a pinned account, and synthesis needs no credentials."""
        zones = Fn.get_azs()
        return [Fn.select(0, zones), Fn.select(1, zones)]

    def _is_wanted(self, target: Target) -> bool:
        return target is Target.EVENT_LOG or target in self._settings.targets

    def _let_in(self, target: Target) -> list[IDependable]:
        """By their names, because it is done before they are there. Returns what its rules have to wait for."""
        rules = {
            f"{route.name}On{bus.name}": arn("events", f"rule/{bus.bus_name}/{route.name}")
            for bus, route in self.rules
            if target in route.targets
        }
        return self.destinations[target].let_in(rules) if rules else []

    def _add_rule(self, bus: Auth0EventBus, route: Route, rights: Mapping[Target, list[IDependable]]) -> None:
        wanted = [target for target in route.targets if target in self.destinations]
        # The log's fields are at detail.data: https://auth0.com/docs/customize/log-streams/amazon-eventbridge
        detail = {"detail": {"data": {"type": list(route.log_types)}}} if route.log_types else {}
        rule = Rule(
            self,
            f"{route.name}On{bus.name}",
            # by name, because its metrics are: CloudFormation knows a rule of our own bus as `bus|name` alone
            name=route.name,
            description=f"Auth0 events: {route.name}",
            event_bus_name=bus.bus_name,
            event_pattern={"source": [{"prefix": bus.source_prefix}], "detail-type": [DETAIL_TYPE], **detail},
            targets=[each for target in wanted for each in self.destinations[target].targets],
        )
        rule.resource.node.add_dependency(*(right for target in wanted for right in rights[target]))

    def _build(self, target: Target) -> Destination:
        match target:
            case Target.EVENT_LOG:
                return self._event_log()
            case Target.ALERT:
                return self._alert()
            case Target.STREAM:
                return self._activity()
            case Target.TASK:
                return self._task()
            case Target.INSTANCES:
                return self._instances()

    def _event_log(self) -> RouteToLogGroup:
        route = RouteToLogGroup(
            self,
            "EventLog",
            encryption_key=self._encryption_key,
            log_days=self._settings.log_days,
            reason="EventBridge could not write them to the event log",
        )
        self._output("EventLogGroupName", route.log_group)
        return route

    def _task(self) -> RouteToTask:
        route = RouteToTask(
            self,
            "Task",
            network=self._worker_network(),
            encryption_key=self._encryption_key,
            log_days=self._settings.log_days,
        )
        self._output("TaskLogGroupName", route.log_group)
        self._output("TaskFailuresLogGroupName", route.failures.log_group)
        return route

    def _instances(self) -> RouteToInstances:
        route = RouteToInstances(
            self,
            "Instances",
            network=self._worker_network(),
            encryption_key=self._encryption_key,
            log_days=self._settings.log_days,
        )
        self._output("InstancesLogGroupName", route.log_group)
        return route

    def _alert(self) -> RouteToFunction:
        topic = AlertTopic(
            self, "AlertTopic", alert_email=self._settings.alert_email, encryption_key=self._encryption_key
        ).topic
        alerted = IdempotencyTable(self, "AlertedLogs", encryption_key=self._encryption_key)
        alert = EventFunction(
            self,
            "Alert",
            name="alert",
            description="Publishes one readable message for each Auth0 attack protection event",
            timeout=Duration.seconds(30),
            environment={"TOPIC_ARN": topic.topic_arn, "IDEMPOTENCY_TABLE_NAME": alerted.table.table_name},
            encryption_key=self._encryption_key,
            metrics_namespace=self._settings.metrics_namespace,
            log_days=self._settings.log_days,
        )
        topic.grant_publish(alert.function)
        alerted.grant(
            alert.function, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"
        )
        self._output("AlertLogGroupName", alert.log_group)
        return RouteToFunction(self, "AlertRoute", function=alert.function, encryption_key=self._encryption_key)

    def _activity(self) -> RouteToStream:
        counted = IdempotencyTable(self, "CountedLogs", encryption_key=self._encryption_key)
        activity = EventFunction(
            self,
            "Activity",
            name="activity",
            description="Counts Auth0 logins, failures, sign-ups and attacks as metrics",
            timeout=Duration.minutes(1),
            environment={"COUNTED_LOGS_TABLE_NAME": counted.table.table_name},
            encryption_key=self._encryption_key,
            metrics_namespace=self._settings.metrics_namespace,
            log_days=self._settings.log_days,
        )
        counted.grant(activity.function, "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem")
        self._output("ActivityLogGroupName", activity.log_group)
        return RouteToStream(
            self,
            "ActivityRoute",
            consumer=activity.function,
            removal_policy=RemovalPolicy.DESTROY,
            encryption_key=self._encryption_key,
        )

    def _worker_network(self) -> WorkerNetwork:
        """Made once, and only where a worker needs it."""
        if self._network is None:
            self._network = WorkerNetwork(
                self,
                "Network",
                vpc_id=self._settings.vpc_id,
                encryption_key=self._encryption_key,
                log_days=self._settings.log_days,
            )
        return self._network

    def _output(self, id_: str, log_group: logs.ILogGroup) -> None:
        """Where the ends of the targets can be read: by the demo, and by whoever looks for an event."""
        CfnOutput(self, id_, value=log_group.log_group_name)
