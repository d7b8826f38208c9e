"""How does an event reach an ECS task without being lost?"""

from collections.abc import Mapping
from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct, IDependable

from stacks.components.acknowledgment import acknowledge, acknowledge_inline_policy
from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.delivery import target
from stacks.components.encrypted_log_group import EncryptedLogGroup
from stacks.components.event_function import RUNTIME
from stacks.components.idempotency_table import IdempotencyTable
from stacks.components.inbox_queue import InboxQueue
from stacks.components.pack import Pack
from stacks.components.rule import Rule
from stacks.components.service_role import policy_of_role, service_role
from stacks.components.task_failures import TaskFailures
from stacks.components.worker_network import WorkerNetwork
from stacks.components.worker_program import worker_source

# AWS's public Python image with boto3 in it; the tag is the runtime's own version.
IMAGE = f"public.ecr.aws/lambda/python:{RUNTIME.name.removeprefix('python')}-arm64"
SWEEP = "rate(1 hour)"
# The event is in the inbox: starts that pile up while Fargate throttles would find it empty, each for a minute's price.
LONGEST_START = Duration.minutes(5)


class RouteToTask(Construct):
    """A Fargate task that drains an inbox queue, as two targets of a rule: the inbox and the start of a task.

    The start carries nothing of the event: EventBridge's input transformer does not escape values, and a user agent
    must never become a command (docs/adr/0002). An event whose task could not be started or died half-way is drained
    by the next one: of the next event, or of the sweep, once in SWEEP.
    """

    def __init__(
        self, scope: Construct, id_: str, *, network: WorkerNetwork, encryption_key: kms.IKey, log_days: int
    ) -> None:
        super().__init__(scope, id_)
        self._network = network
        self.inbox = InboxQueue(self, "Inbox", encryption_key=encryption_key)
        self.processed = IdempotencyTable(self, "Processed", encryption_key=encryption_key)
        self.not_started = DeadLetterQueue(
            self, "NotStarted", encryption_key=encryption_key, reason="EventBridge could not start the task"
        )
        self.log_group = EncryptedLogGroup(self, "Logs", encryption_key=encryption_key, log_days=log_days).log_group
        self.cluster = ecs.Cluster(self, "Cluster", vpc=network.vpc)
        acknowledge(
            self.cluster,
            "ECS4",
            Pack.AWS_SOLUTIONS,
            reason="a task lives for seconds; its inbox and its log say more",
        )
        self.task_definition = self._task_definition()
        self._starter = self._starter_role()
        self.inbox.queue.grant_consume_messages(self.task_definition.task_role)
        self.processed.grant(self.task_definition.task_role, "dynamodb:GetItem", "dynamodb:PutItem")
        self.failures = TaskFailures(
            self, "Failures", cluster=self.cluster, encryption_key=encryption_key, log_days=log_days
        )
        start = self._start_task()
        self.targets = [*self.inbox.targets, start]
        self.sweep = Rule(
            self,
            "Sweep",
            description="Drains what a task left behind that could not start or died",
            schedule_expression=SWEEP,
            targets=[start],
        )
        self.not_started.let_in([self.sweep.resource.attr_arn])

    def let_in(self, rules: Mapping[str, str]) -> list[IDependable]:
        may_start = policy_of_role(self._starter)
        return [*self.inbox.let_in(rules), may_start, self.not_started.let_in(rules.values())]

    def _start_task(self) -> dict[str, Any]:
        network = self._network
        vpc = events.CfnRule.AwsVpcConfigurationProperty(
            subnets=network.subnet_ids,
            security_groups=[network.security_group.security_group_id],
            assign_public_ip="ENABLED" if network.is_public else "DISABLED",
        )
        parameters = events.CfnRule.EcsParametersProperty(
            task_definition_arn=self.task_definition.task_definition_arn,
            task_count=1,
            launch_type="FARGATE",
            network_configuration=events.CfnRule.NetworkConfigurationProperty(aws_vpc_configuration=vpc),
        )
        return target(
            self.cluster.cluster_arn,
            self.not_started,
            max_event_age=LONGEST_START,
            role_arn=self._starter.role_arn,
            ecs_parameters=parameters,
            input="{}",
        )

    def _starter_role(self) -> iam.Role:
        """Hand-written because no grant exists: EventBridge may start this task, and hand it its roles."""
        definition = self.task_definition
        role = service_role(self, "Starter", service="events.amazonaws.com", source="events:rule/*")
        role.add_to_policy(
            iam.PolicyStatement(
                actions=["ecs:RunTask"],
                resources=[definition.task_definition_arn],
                conditions={"ArnEquals": {"ecs:cluster": self.cluster.cluster_arn}},
            )
        )
        role.add_to_policy(
            iam.PolicyStatement(
                actions=["iam:PassRole"],
                resources=[definition.task_role.role_arn, definition.obtain_execution_role().role_arn],
                conditions={"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
            )
        )
        acknowledge_inline_policy(role, grants="start this one task, and hand it its two roles")
        return role

    def _task_definition(self) -> ecs.FargateTaskDefinition:
        definition = ecs.FargateTaskDefinition(
            self,
            "Task",
            task_role=service_role(self, "TaskRole", service="ecs-tasks.amazonaws.com", source="ecs:*"),
            cpu=256,
            memory_limit_mib=512,
            runtime_platform=ecs.RuntimePlatform(
                cpu_architecture=ecs.CpuArchitecture.ARM64, operating_system_family=ecs.OperatingSystemFamily.LINUX
            ),
        )
        definition.add_container(
            "Worker",
            image=ecs.ContainerImage.from_registry(IMAGE),
            entry_point=["python3", "-c", worker_source()],
            command=["drain"],
            environment={
                "QUEUE_URL": self.inbox.queue.queue_url,
                "PROCESSED_TABLE": self.processed.table.table_name,
                "PYTHONPATH": "/var/runtime",
            },
            logging=ecs.LogDrivers.aws_logs(stream_prefix="worker", log_group=self.log_group),
            readonly_root_filesystem=True,
            user="1000",
            stop_timeout=Duration.seconds(30),
        )
        acknowledge(
            definition,
            "ECS2",
            Pack.AWS_SOLUTIONS,
            reason="the environment holds a queue's address and a table's name, no secret",
        )
        acknowledge_inline_policy(definition.task_role, grants="read its inbox and remember what it processed")
        acknowledge_inline_policy(definition.obtain_execution_role(), grants="write the task's log")
        return definition
