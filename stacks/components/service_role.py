"""Which role does an AWS service take on, for the resources of this account alone?"""

from aws_cdk import aws_iam as iam
from constructs import Construct, IDependable

from stacks.components.here import ACCOUNT_ID, arn


def service_role(scope: Construct, id_: str, *, service: str, source: str) -> iam.Role:
    """A role for `service`, which must act for a resource of this account: `source`, as in `events:rule/*`.

    The conditions are those that AWS documents against a confused deputy, for rules, tasks (`ecs:*`, no single
    cluster) and flow logs (`ec2:vpc-flow-log/*`); Lambda, EC2 and the role with which ECS
    starts a task have none documented (docs/adr/0004).
    https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
    """
    prefix, _, resource = source.partition(":")
    may_act_for = {"aws:SourceArn": arn(prefix, resource)}
    conditions = {"StringEquals": {"aws:SourceAccount": ACCOUNT_ID}, "ArnLike": may_act_for}
    return iam.Role(scope, id_, assumed_by=iam.ServicePrincipal(service, conditions=conditions))


def policy_of_role(role: iam.Role) -> IDependable:
    """What its grants have put together, once there is one."""
    return role.node.find_child("DefaultPolicy")
