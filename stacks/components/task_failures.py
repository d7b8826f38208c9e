"""Which tasks failed, and why?"""

from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_kms as kms
from constructs import Construct

from stacks.components.route_to_log_group import RouteToLogGroup
from stacks.components.rule import Rule


class TaskFailures(Construct):
    """A rule for tasks of `cluster` that could not start or whose container failed, and a log group with their ends.

    A task's exit code and reason can otherwise be asked for an hour only. Nothing of an Auth0 event is in them.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
    """

    def __init__(
        self, scope: Construct, id_: str, *, cluster: ecs.Cluster, encryption_key: kms.IKey, log_days: int
    ) -> None:
        super().__init__(scope, id_)
        route = RouteToLogGroup(
            self,
            "Log",
            encryption_key=encryption_key,
            log_days=log_days,
            reason="EventBridge could not write the ends of tasks to their log group",
        )
        self.log_group = route.log_group
        failed = [{"containers": {"exitCode": [{"anything-but": [0]}]}}, {"stopCode": ["TaskFailedToStart"]}]
        self.rule = Rule(
            self,
            "Rule",
            description="Tasks that could not start or ended with an error",
            event_pattern={
                "source": ["aws.ecs"],
                "detail-type": ["ECS Task State Change"],
                "detail": {"clusterArn": [cluster.cluster_arn], "lastStatus": ["STOPPED"], "$or": failed},
            },
            targets=route.targets,
        )
        route.let_in({"TaskFailures": self.rule.resource.attr_arn})
