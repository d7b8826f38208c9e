"""Which jobs of a GitHub repository may take a role on?"""

from collections.abc import Mapping, Sequence

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from constructs import Construct

ISSUER = "token.actions.githubusercontent.com"
# What aws-actions/configure-aws-credentials asks GitHub's token for: https://github.com/aws-actions/configure-aws-credentials
AUDIENCE = "sts.amazonaws.com"


def github_role(
    scope: Construct, id_: str, *, provider: iam.IOidcProvider, subject: str, refs: Sequence[str] = ()
) -> iam.Role:
    """A role for the jobs whose token has exactly this `subject`, without a wildcard; with `refs`, on these alone.

    `subject`: `repo:<repository>:environment:<name>` or `repo:<repository>:pull_request`, where the repository is
    `owner/name`, or `owner@id/name@id` for one that was created after 2026-07-15:
    https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
    `refs`: `refs/heads/main`; a `*` stands for any text. A subject with an environment says no branch, so that it
    takes a claim of its own, which AWS compares since 2026-01:
    https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
    """
    conditions: dict[str, Mapping[str, str | list[str]]] = {
        "StringEquals": {f"{ISSUER}:aud": AUDIENCE, f"{ISSUER}:sub": subject}
    }
    if refs:
        conditions["StringLike"] = {f"{ISSUER}:ref": list(refs)}
    return iam.Role(
        scope,
        id_,
        description=f"GitHub's jobs: {subject}",
        assumed_by=iam.WebIdentityPrincipal(provider.oidc_provider_arn, conditions),
        max_session_duration=Duration.hours(1),
    )
