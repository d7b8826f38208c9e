import re
from typing import Any

import pytest

from tests.infrastructure.assembly import CHECKOUT, Assembly
from tests.infrastructure.policies import as_list, text
from tests.infrastructure.trust import lets_in

# The forms of `sub`: https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
REPOSITORY = "octo-org@123456/octo-repo@456789"
MAIN = {"ref": "refs/heads/main"}
DEPLOY = {"aud": "sts.amazonaws.com", "sub": f"repo:{REPOSITORY}:environment:dev", "environment": "dev", **MAIN}
DIFF = {"aud": "sts.amazonaws.com", "sub": f"repo:{REPOSITORY}:pull_request", "ref": "refs/pull/12/merge"}
# A pull request from a fork has the subject of the fork, if it gets a token at all.
FORK = "somebody@654321/octo-repo@987654"
REFUSED_BY_BOTH: dict[str, dict[str, Any]] = {
    "another repository": {"sub": "repo:octo-org@123456/other@1:environment:dev"},
    "a repository that took the name over": {"sub": "repo:octo-org@123456/octo-repo@999:environment:dev"},
    "an owner who took the name over": {"sub": "repo:octo-org@999/octo-repo@456789:environment:dev"},
    "the same names without ids": {"sub": "repo:octo-org/octo-repo:environment:dev"},
    "other letters": {"sub": DEPLOY["sub"].upper()},
    "another environment": {"sub": f"repo:{REPOSITORY}:environment:production", "environment": "production"},
    "an environment whose name goes on": {"sub": f"{DEPLOY['sub']}-2"},
    "another branch": {"sub": f"repo:{REPOSITORY}:ref:refs/heads/other", "ref": "refs/heads/other"},
    "the branch without the environment": {"sub": f"repo:{REPOSITORY}:ref:refs/heads/main"},
    "a tag": {"sub": f"repo:{REPOSITORY}:ref:refs/tags/v1", "ref": "refs/tags/v1"},
    "a fork's pull request": {"sub": f"repo:{FORK}:pull_request", "ref": "refs/pull/12/merge"},
    "a fork in its environment of that name": {"sub": f"repo:{FORK}:environment:dev"},
    "the wrong audience": {"aud": "https://github.com/octo-org"},
}
FOR_DEPLOYING_ALONE: dict[str, dict[str, Any]] = {
    "another branch in the environment": {"ref": "refs/heads/other"},
    "a branch whose name goes on": {"ref": "refs/heads/main-2"},
    "a pull request in the environment": {"ref": "refs/pull/12/merge"},
    "no ref": {"ref": None},
    "a pull request": DIFF,
}


def trust(assembly: Assembly, name: str) -> dict[str, Any]:
    roles = assembly.properties("AWS::IAM::Role").items()
    (document,) = [role["AssumeRolePolicyDocument"] for id_, role in roles if f"GitHubDeployRoles/{name}" in id_]
    found: dict[str, Any] = document
    return found


def with_(claims: dict[str, str], other: dict[str, Any]) -> dict[str, str]:
    return {key: value for key, value in (claims | other).items() if value is not None}


def statements(assembly: Assembly, name: str) -> list[dict[str, Any]]:
    policies = assembly.properties("AWS::IAM::Policy").items()
    (document,) = [policy["PolicyDocument"] for id_, policy in policies if f"GitHubDeployRoles/{name}" in id_]
    found: list[dict[str, Any]] = document["Statement"]
    return found


def test_the_job_that_deploys_is_let_in(partner: Assembly) -> None:
    assert lets_in(trust(partner, "DeployRole"), DEPLOY)


def test_the_job_that_shows_a_pull_requests_diff_is_let_in(partner: Assembly) -> None:
    assert lets_in(trust(partner, "DiffRole"), DIFF)


@pytest.mark.parametrize("who", [*REFUSED_BY_BOTH, *FOR_DEPLOYING_ALONE])
def test_deploying_is_refused_to_everybody_else(partner: Assembly, who: str) -> None:
    assert not lets_in(trust(partner, "DeployRole"), with_(DEPLOY, (REFUSED_BY_BOTH | FOR_DEPLOYING_ALONE)[who]))


@pytest.mark.parametrize("who", REFUSED_BY_BOTH)
def test_the_diff_is_refused_to_everybody_else(partner: Assembly, who: str) -> None:
    assert not lets_in(trust(partner, "DiffRole"), with_(DIFF, REFUSED_BY_BOTH[who]))


@pytest.mark.parametrize("who", REFUSED_BY_BOTH)
def test_without_its_condition_the_deploying_role_lets_everybody_in(partner: Assembly, who: str) -> None:
    (statement,) = trust(partner, "DeployRole")["Statement"]
    policy = {"Statement": [{key: value for key, value in statement.items() if key != "Condition"}]}
    assert lets_in(policy, with_(DEPLOY, REFUSED_BY_BOTH[who]))


@pytest.mark.parametrize(
    "change",
    [
        {"Condition": {"StringNotEquals": {"token.actions.githubusercontent.com:sub": "a"}}},
        {"Effect": "Deny"},
        {"Action": "sts:*"},
        {"Principal": "*"},
        {"NotPrincipal": {}},
    ],
)
def test_a_policy_that_the_tests_cannot_read_is_no_pass(partner: Assembly, change: dict[str, Any]) -> None:
    (statement,) = trust(partner, "DeployRole")["Statement"]
    with pytest.raises(ValueError, match="not"):
        lets_in({"Statement": [statement | change]}, DEPLOY)


def test_a_role_for_pull_requests_takes_their_merges_and_main_where_a_merged_one_is_destroyed_and_no_other_branch(
    assemblies: dict[str, Assembly],
) -> None:
    policy = trust(assemblies["partner bus and event log only"], "DeployRole")
    claims = {"aud": "sts.amazonaws.com", "sub": "repo:octo-org/octo-repo:environment:lean"}
    assert lets_in(policy, claims | {"ref": "refs/pull/12/merge"})
    assert lets_in(policy, claims | {"ref": "refs/heads/main"})
    assert not lets_in(policy, claims | {"ref": "refs/heads/other"})
    assert not lets_in(policy, claims | {"ref": "refs/heads/refs/pull/12/merge"})


def test_roles_that_are_for_pull_requests_have_no_role_for_a_diff(assemblies: dict[str, Assembly]) -> None:
    roles = assemblies["partner bus and event log only"].properties("AWS::IAM::Role")
    assert [name.split("/")[1][:10] for name in roles if "GitHubDeployRoles" in name] == ["DeployRole"]


def test_an_identity_provider_that_is_there_is_used(assemblies: dict[str, Assembly]) -> None:
    lean = assemblies["partner bus and event log only"]
    assert not list(lean.resources("AWS::IAM::OIDCProvider"))
    (statement,) = trust(lean, "DeployRole")["Statement"]
    assert statement["Principal"]["Federated"].endswith(":oidc-provider/token.actions.githubusercontent.com")


def test_the_identity_provider_is_github_for_aws(partner: Assembly) -> None:
    (provider,) = partner.properties("AWS::IAM::OIDCProvider").values()
    assert provider["Url"] == "https://token.actions.githubusercontent.com"
    assert provider["ClientIdList"] == ["sts.amazonaws.com"]


def test_the_deploying_role_takes_on_the_cdks_bootstrap_roles_and_no_other(partner: Assembly) -> None:
    taken = [each for each in statements(partner, "DeployRole") if each["Action"] == "sts:AssumeRole"]
    (resources,) = [each["Resource"] for each in taken]
    place = "${AWS::AccountId}-${AWS::Region}"
    assert [text(resource) for resource in resources] == [
        f"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/cdk-hnb659fds-{role}-role-{place}"
        for role in ("deploy", "file-publishing", "lookup")
    ]


def test_beside_them_it_changes_nothing_but_calls_the_sender(partner: Assembly) -> None:
    actions = [action for each in statements(partner, "DeployRole") for action in as_list(each["Action"])]
    verbs = {action for action in actions if not action.split(":")[1].startswith(("Describe", "Get", "List"))}
    assert verbs == {"sts:AssumeRole", "lambda:InvokeFunction", "logs:FilterLogEvents"} | {
        "sqs:ReceiveMessage",  # puts nothing away: it is seen again after its time-out
        "kms:Decrypt",
    }


def test_the_role_for_a_diff_reads_templates_and_takes_on_no_role(partner: Assembly) -> None:
    (statement,) = statements(partner, "DiffRole")
    assert statement["Action"] == ["cloudformation:DescribeStacks", "cloudformation:GetTemplate"]


def test_an_app_that_nobody_gives_a_repository_has_no_such_roles(simulation: Assembly) -> None:
    assert not [stack for stack in simulation.templates if "GitHub" in stack]


def rows_of(*commands: str) -> set[str]:
    """The actions that docs/commands.md names for these commands; an empty first column goes on with the one above."""
    found, command = set(), ""
    for line in (CHECKOUT / "docs" / "commands.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip(" `") for cell in line.split("|")]
        if len(cells) == 5:
            command = cells[1] or command
            found |= set(re.findall(r"`([a-z]+:[A-Z]\w+)`", line)) if command in commands else set()
    return found


def test_it_may_do_what_verify_and_status_are_documented_to_need_and_no_more(partner: Assembly) -> None:
    actions = {action for each in statements(partner, "DeployRole") for action in as_list(each["Action"])}
    everywhere = {"cloudformation:DescribeStacks", "cloudformation:ListStackResources"}
    assert len(rows_of("verify")) > 4
    assert actions - {"sts:AssumeRole"} == rows_of("verify", "status") | everywhere
