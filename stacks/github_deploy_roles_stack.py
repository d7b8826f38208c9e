"""What may the jobs of one GitHub repository do in this account?"""

from typing import Any

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from stacks.components.acknowledgment import acknowledge_inline_policy
from stacks.components.github_role import AUDIENCE, ISSUER, github_role
from stacks.components.here import ACCOUNT_ID, PARTITION, REGION, arn
from stacks.components.operator_rights import OWN, acknowledge_wide, allow_operator
from stacks.github import MERGED_INTO, PULL_REQUESTS
from stacks.settings import Settings

# The roles of `cdk bootstrap` that a deployment of this app takes on; it has no images.
# https://github.com/aws/aws-cdk-cli/blob/main/packages/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml
BOOTSTRAP_ROLES = ("deploy", "file-publishing", "lookup")


class GitHubDeployRolesStack(Stack):
    """A role that deploys one environment, and one that may do no more than read its templates for `cdk diff`.

    An administrator deploys it, once for each environment: it is in the app only with the setting `github_repository`,
    which no workflow gives, so that no job can change what it may do by a `cdk deploy --all`.
    """

    def __init__(self, scope: Construct, id_: str, *, settings: Settings, **stack: Any) -> None:
        super().__init__(scope, id_, **stack)
        repository = f"repo:{settings.github_repository}"
        provider = self.provider(settings.github_oidc_provider_arn)
        environment, is_for_pull_requests = settings.environment, settings.github_ref == PULL_REQUESTS
        refs = (PULL_REQUESTS, MERGED_INTO) if is_for_pull_requests else (settings.github_ref,)
        self.deploy = github_role(
            self,
            "DeployRole",
            provider=provider,
            subject=f"{repository}:environment:{environment}",
            refs=refs,
        )
        self.deploy.add_to_policy(iam.PolicyStatement(actions=["sts:AssumeRole"], resources=bootstrap_roles()))
        allow_operator(self.deploy, environment)
        acknowledge_inline_policy(
            self.deploy, grants="take on the CDK's bootstrap roles, verify and look at the result"
        )
        CfnOutput(self, "DeployRoleArn", value=self.deploy.role_arn)
        if not is_for_pull_requests:  # an environment of pull requests has nothing to compare one with
            self.allow_diff(provider, subject=f"{repository}:pull_request", environment=environment)

    def allow_diff(self, provider: iam.IOidcProvider, *, subject: str, environment: str) -> None:
        """Not by the CDK's lookup role, which could read everything in the account, the events among it."""
        diff = github_role(self, "DiffRole", provider=provider, subject=subject)
        templates = arn("cloudformation", f"stack/Auth0Events-{environment}-*")
        reading = ["cloudformation:DescribeStacks", "cloudformation:GetTemplate"]
        diff.add_to_policy(iam.PolicyStatement(actions=reading, resources=[templates]))
        acknowledge_wide(diff, {templates: OWN})
        acknowledge_inline_policy(diff, grants="read the templates that are deployed")
        CfnOutput(self, "DiffRoleArn", value=diff.role_arn)

    def provider(self, existing: str | None) -> iam.IOidcProvider:
        """GitHub's issuer, of which an account has one. AWS checks its certificate; a thumbprint is not needed.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
        """
        if existing:
            return iam.OidcProviderNative.from_oidc_provider_arn(self, "Provider", existing)
        return iam.OidcProviderNative(self, "Provider", url=f"https://{ISSUER}", client_ids=[AUDIENCE])


def bootstrap_roles() -> list[str]:
    place = f"{ACCOUNT_ID}-{REGION}"
    prefix = f"arn:{PARTITION}:iam::{ACCOUNT_ID}:role/cdk-hnb659fds-"
    return [f"{prefix}{role}-role-{place}" for role in BOOTSTRAP_ROLES]
