"""Which promises does a workflow break, beyond what actionlint and zizmor look for?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
OWN_REPOSITORY = "github.event.pull_request.head.repo.full_name == github.repository"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is far quicker, and needs a PyYAML with libyaml
ATTACKERS = re.compile(r"\$\{\{.*?\}\}")  # in a script, any expression is text that the shell would read as its own


@cache
def loaded(text: str) -> Mapping[Any, Any]:
    found: Mapping[Any, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506 - both loaders are safe
    return found


@dataclass(frozen=True)
class Workflow:
    name: str
    text: str

    @property
    def content(self) -> Mapping[Any, Any]:
        return loaded(self.text)

    @property
    def events(self) -> Mapping[str, Any]:
        """YAML 1.1 reads the key `on` as true."""
        events = self.content[True]
        return events if isinstance(events, dict) else dict.fromkeys(events if isinstance(events, list) else [events])

    @property
    def jobs(self) -> Mapping[str, Mapping[str, Any]]:
        jobs: Mapping[str, Mapping[str, Any]] = self.content["jobs"]
        return jobs

    def steps(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name, job in self.jobs.items():
            yield from ((name, step) for step in job.get("steps", []))


def broken(workflow: Workflow) -> set[str]:
    """One line for each; empty for a workflow that keeps all of them."""
    return {*of_workflow(workflow), *of_jobs(workflow), *of_steps(workflow)}


def of_workflow(workflow: Workflow) -> Iterator[str]:
    if workflow.content.get("permissions") != {}:
        yield "permissions are not {} at the top"
    if "pull_request_target" in workflow.events or "workflow_run" in workflow.events:
        yield "an event gives what a fork wrote the rights of the repository"


def of_jobs(workflow: Workflow) -> Iterator[str]:
    for name, job in workflow.jobs.items():
        permissions = job.get("permissions")
        if not isinstance(permissions, dict):
            yield f"{name}: no permissions of its own"
            continue
        token = permissions.get("id-token") == "write"
        if token and "pull_request" in workflow.events and OWN_REPOSITORY not in str(job.get("if")):
            yield f"{name}: a fork's pull request could ask for a token"
        if (token and "pull-requests" in permissions) or {"contents": "write"}.items() <= permissions.items():
            yield f"{name}: more permissions than one job needs"
        if "timeout-minutes" not in job and "uses" not in job:
            yield f"{name}: no timeout"


def of_steps(workflow: Workflow) -> Iterator[str]:
    for job, step in workflow.steps():
        uses, run, given = step.get("uses", ""), step.get("run", ""), step.get("with", {})
        if uses and not PINNED.fullmatch(uses):
            yield f"{job}: {uses} is not pinned by a commit"
        if uses and not re.search(rf"{re.escape(uses)} # v\d+\.\d+\.\d+\n", workflow.text):
            yield f"{job}: {uses} does not tell its version"
        if uses.startswith("actions/checkout@") and given.get("persist-credentials") is not False:
            yield f"{job}: the checkout keeps a token"
        if ATTACKERS.search(run):
            yield f"{job}: an expression inside a script"
        if "secrets." in str(step):
            yield f"{job}: a secret, where none is needed"
        if "make setup" not in run and "configure-aws" in uses and given.get("mask-aws-account-id") is not True:
            yield f"{job}: the account's number is in the log"
