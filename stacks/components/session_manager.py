"""What may an instance do so that Session Manager reaches it?"""

from aws_cdk import aws_iam as iam

from stacks.components.acknowledgment import acknowledge
from stacks.components.pack import Pack

ACTIONS = [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
]


def allow_session_manager(role: iam.Role) -> None:
    """What a session needs, and no more: AmazonSSMManagedInstanceCore could read every parameter of the account.

    https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
    """
    role.add_to_policy(iam.PolicyStatement(sid="SessionManager", actions=ACTIONS, resources=["*"]))
    reason = "AWS's own minimum for Session Manager; its channels are no resources that a policy could name"
    acknowledge(role, "IAM5[Resource::*]", Pack.AWS_SOLUTIONS, reason=reason)
