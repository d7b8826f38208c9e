"""How are a repository, a ref and the identity provider of GitHub written?"""

import re
from collections.abc import Iterator

# Names as GitHub takes them. The numbers are the owner's and the repository's ids, which the token of a repository has
# that was created, renamed or moved after 2026-07-15, or has chosen so:
# https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
REPOSITORY = re.compile(r"[A-Za-z0-9-]{1,39}/[\w.-]{1,100}|[A-Za-z0-9-]{1,39}@\d+/[\w.-]{1,100}@\d+", re.ASCII)
# One branch, without a wildcard; or what every pull request's merge is called.
# https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
PULL_REQUESTS = "refs/pull/*/merge"
# The ref of a pull request's last run, when it was merged and closed, is the branch that it was merged into:
# https://github.blog/changelog/2023-09-13-github-actions-updates-to-github_ref-and-github-ref/
MERGED_INTO = "refs/heads/main"
REF = re.compile(rf"refs/heads/[\w./-]{{1,200}}|{re.escape(PULL_REQUESTS)}", re.ASCII)
PROVIDER = re.compile(r"arn:aws[\w-]*:iam::\d{12}:oidc-provider/token\.actions\.githubusercontent\.com")


def checks(repository: str | None, ref: str, provider: str | None) -> Iterator[tuple[str, bool, str]]:
    """The setting's name, whether its value is accepted, and what is expected."""
    yield (
        "github_repository",
        repository is None or bool(REPOSITORY.fullmatch(repository)),
        "owner/name, or owner@id/name@id for a repository of after 2026-07-15: docs/pipelines.md",
    )
    yield "github_ref", bool(REF.fullmatch(ref)), f"refs/heads/<branch>, or {PULL_REQUESTS}"
    yield (
        "github_oidc_provider_arn",
        provider is None or bool(PROVIDER.fullmatch(provider)),
        "arn:aws:iam::<12 digits>:oidc-provider/token.actions.githubusercontent.com",
    )
