"""Which templates does an environment have: those that are deployed, or those that a synthesis wrote?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from ops.aws import Aws, OpsError
from ops.commands import Commands
from ops.environment import STACKS

STACK = "aws:cloudformation:stack"  # an artifact of a synthesis
UNKNOWN_REGION = "unknown-region"  # aws-cdk's word for a stack without a pin


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """`templates` by the stack's name. `region` is None where they hold for any."""

    environment: str
    region: str | None
    templates: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stack:
    """What the CDK CLI is told of one."""

    region: str
    template: Path


def deployed(aws: Aws, commands: Commands) -> Found:
    """Raises OpsError if none of its stacks is deployed."""
    names = [f"Auth0Events-{commands.environment}-{stack}" for stack in STACKS]
    found = {name: template for name in names if (template := template_of(aws, name)) is not None}
    if not found:
        raise OpsError(
            f"no stack Auth0Events-{commands.environment}-… is deployed in {aws.region}: choose --env, --region or "
            "--profile; or before a deployment, `make synth` (ENV, CONTEXT) and then --from cdk.out"
        )
    return Found(environment=commands.environment, region=aws.region, templates=found)


def template_of(aws: Aws, stack: str) -> Mapping[str, Any] | None:
    try:
        body: Any = aws.cloudformation.get_template(StackName=stack)["TemplateBody"]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    template: Mapping[str, Any] = json.loads(body) if isinstance(body, str) else body
    return template


def synthesised(folder: Path, environment: str | None) -> Found:
    """Those of the environment (None: of the only one) in a folder that `cdk synth` wrote. Raises OpsError.

    By its manifest: templates of an earlier synthesis stay in the folder.
    """
    stacks = stacks_of(folder)
    environments = sorted({name.partition("-")[2].rpartition("-")[0] for name in stacks})
    if environment is None and len(environments) == 1:
        (environment,) = environments
    if environment not in environments:
        of = f" of environment {environment}" if environment else ""
        names = ", ".join(environments)
        there = f"it has those of {names}: choose with --env" if names else "write them: `make synth`"
        raise OpsError(f"{folder} has no templates{of}; {there}")
    mine = {name: stack for name, stack in stacks.items() if name.rpartition("-")[0] == f"Auth0Events-{environment}"}
    templates = {name: read(stack.template) for name, stack in mine.items()}
    region = next(iter(mine.values())).region
    return Found(environment=environment, region=None if region == UNKNOWN_REGION else region, templates=templates)


def stacks_of(folder: Path) -> dict[str, Stack]:
    """This app's, by their names; none where nothing was synthesised."""
    manifest = folder / "manifest.json"
    artifacts = read(manifest).get("artifacts", {}) if manifest.exists() else {}
    try:
        return {
            name: Stack(
                region=each["environment"].rpartition("/")[2], template=folder / each["properties"]["templateFile"]
            )
            for name, each in artifacts.items()
            if each["type"] == STACK and name.startswith("Auth0Events-")
        }
    except (AttributeError, KeyError, TypeError):
        raise OpsError(f"{manifest} is no manifest of `cdk synth`: write it anew with `make synth`") from None


def read(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OpsError(f"{path}: {error.strerror}: write it anew with `make synth`") from None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise OpsError(f"{path} is no JSON object: write it anew with `make synth`")
    return found
