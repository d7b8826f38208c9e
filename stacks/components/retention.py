"""What stays when its stack goes, in an environment that retains its data?"""

from aws_cdk import RemovalPolicies
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_logs as logs
from constructs import Construct

from stacks.components.stateful import HOLDS_EVENTS, PROTECTED


def retain_data(scope: Construct) -> None:
    """Not of a failed first deployment, in which nothing is yet; but CloudFormation could not delete what refuses."""
    policies = RemovalPolicies.of(scope)
    policies.retain_on_update_or_delete(apply_to_resource_types=list(HOLDS_EVENTS))
    policies.retain(apply_to_resource_types=list(PROTECTED))
    for construct in scope.node.find_all():
        if isinstance(construct, dynamodb.CfnTable | logs.CfnLogGroup):
            construct.deletion_protection_enabled = True
