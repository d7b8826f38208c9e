import re
from collections.abc import Callable

import pytest

from tests.unit.workflows.promises import OWN_REPOSITORY, Workflow, broken
from tools.workflows import FOLDER

WORKFLOWS = {path.stem: Workflow(path.stem, path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.yml")}


def workflow(name: str, change: Callable[[str], str] = str) -> Workflow:
    """With a change, which must have changed it."""
    text = change(WORKFLOWS[name].text)
    assert change is str or text != WORKFLOWS[name].text
    return Workflow(name, text)


def position(of: Workflow, job: str, word: str) -> int:
    """Of the first step of the job that has the word in it."""
    return next(n for n, step in enumerate(of.jobs[job]["steps"]) if word in str(step))


def test_there_are_these_workflows() -> None:
    assert set(WORKFLOWS) == {"ci", "diff", "deploy", "e2e"}


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_every_workflow_keeps_its_promises(name: str) -> None:
    assert broken(WORKFLOWS[name]) == set()


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("ci", r"@[0-9a-f]{40}", "@v7", "check: actions/checkout@v7 is not pinned by a commit"),
        ("ci", r"@[0-9a-f]{40}", f"@{'a' * 39}", f"check: actions/checkout@{'a' * 39} is not pinned"),
        ("ci", r" # v7\.0\.0", "", "check: actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 does not"),
        ("ci", r"permissions: \{\}", "permissions: read-all", "permissions are not {} at the top"),
        ("ci", r"    permissions:\n      contents: read.*\n", "", "check: no permissions of its own"),
        ("ci", r"    timeout-minutes: 45\n", "", "check: no timeout"),
        ("ci", r"persist-credentials: false", "fetch-depth: 1", "check: the checkout keeps a token"),
        ("diff", r"  pull_request:\n", "  pull_request_target:\n", "an event gives what a fork wrote"),
        ("diff", re.escape(OWN_REPOSITORY), "true", "diff: a fork's pull request could ask for a token"),
        ("diff", r"pull-requests: write", "contents: write", "comment: more permissions than one job needs"),
        ("diff", r"id-token: write", "id-token: write\n      pull-requests: write", "diff: more permissions than"),
        ("diff", r'"\$RUN"', '"${{ github.event.pull_request.title }}"', "diff: an expression inside a script"),
        ("e2e", r"always\(\) && " + re.escape(OWN_REPOSITORY), "always()", "destroy: a fork's pull request could"),
        ("e2e", r'ENV="\$ENVIRONMENT"', 'ENV="${{ github.head_ref }}"', "deploy: an expression inside a script"),
        ("deploy", r"mask-aws-account-id: true", "mask-aws-account-id: false", "staging: the account's number is in"),
        ("deploy", r"\$\{\{ vars.DEPLOY_ROLE \}\}", "${{ secrets.ROLE }}", "staging: a secret, where none is needed"),
    ],
)  # fmt: skip
def test_a_broken_promise_is_found(name: str, old: str, new: str, finding: str) -> None:
    found = broken(workflow(name, lambda text: re.sub(old, lambda _: new, text)))
    assert [each for each in found if each.startswith(finding)], found


def test_a_deployment_waits_for_the_one_before_and_is_not_cut_off() -> None:
    for name in ("deploy", "e2e"):
        concurrency = WORKFLOWS[name].content["concurrency"]
        assert concurrency["group"]
        assert concurrency["cancel-in-progress"] is False


def test_what_is_deployed_passed_ci_then_staging_then_an_approval() -> None:
    deploy = WORKFLOWS["deploy"]
    assert deploy.events == {"push": {"branches": ["main"]}}
    assert deploy.jobs["ci"]["uses"] == "./.github/workflows/ci.yml"
    assert deploy.jobs["staging"]["needs"] == "ci"
    assert deploy.jobs["production"]["needs"] == "staging"
    assert [deploy.jobs[name]["environment"] for name in ("staging", "production")] == ["staging", "production"]
    assert position(deploy, "staging", "make verify ENV=staging") > position(
        deploy, "staging", "make deploy ENV=staging"
    )


def test_an_ephemeral_environment_is_destroyed_whatever_happens() -> None:
    destroy = WORKFLOWS["e2e"].jobs["destroy"]
    assert destroy["needs"] == "deploy"
    assert destroy["if"].startswith("always() && ")
    (step,) = [step for step in destroy["steps"] if "make destroy" in step.get("run", "")]
    assert step["if"] == "always()"
    once = 'make destroy ENV="$ENVIRONMENT" APPROVAL=never'
    assert step["run"] == f"{once} || {{ sleep 120; {once}; }}"
    assert WORKFLOWS["e2e"].content["env"] == {"ENVIRONMENT": "pr-${{ github.event.pull_request.number }}"}


def test_no_pull_request_runs_its_code_where_the_role_for_the_diff_is() -> None:
    diff = WORKFLOWS["diff"]
    assert "id-token" not in diff.jobs["templates"]["permissions"]
    for job in ("diff", "comment"):
        (checkout,) = [step for step in diff.jobs[job]["steps"] if "actions/checkout@" in step.get("uses", "")]
        assert checkout["with"]["ref"] == "${{ github.event.pull_request.base.sha }}", job


@pytest.mark.parametrize(
    ("name", "job"), [("diff", "diff"), ("deploy", "staging"), ("e2e", "deploy"), ("e2e", "destroy")]
)
def test_packages_are_installed_before_there_are_credentials(name: str, job: str) -> None:
    assert position(WORKFLOWS[name], job, "make setup") < position(WORKFLOWS[name], job, "configure-aws-credentials")


def test_every_script_is_a_make_target_or_gh() -> None:
    lines = {
        line.split()[0]
        for each in WORKFLOWS.values()
        for _, step in each.steps()
        for line in step.get("run", "").splitlines()
    }
    assert lines == {"make", "gh", "mkdir", "python3"}
