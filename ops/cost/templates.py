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

UNKNOWN_REGION = "unknown-region"  # aws-cdk's word for a stack without a pin


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """`templates` by the stack's name. `region` is None where they hold for any."""

    environment: str
    region: str | None
    templates: Mapping[str, Mapping[str, Any]]


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


def synthesised(folder: Path, environment: str) -> Found:
    """Those of the environment in a folder that `cdk synth` wrote. Raises OpsError."""
    paths = sorted(folder.glob(f"Auth0Events-{environment}-*.template.json"))
    if not paths:
        names = sorted(
            {path.name.split("-", 1)[1].rpartition("-")[0] for path in folder.glob("Auth0Events-*.template.json")}
        )
        there = f"it has those of {', '.join(names)}: choose with --env" if names else "write them: `make synth`"
        raise OpsError(f"{folder} has no templates of environment {environment}; {there}")
    templates = {path.name.removesuffix(".template.json"): read(path) for path in paths}
    return Found(environment=environment, region=region_of(folder, next(iter(templates))), templates=templates)


def region_of(folder: Path, stack: str) -> str | None:
    """Where the stack is pinned to, as the CDK CLI is told beside the template."""
    place = read(folder / "manifest.json").get("artifacts", {}).get(stack, {}).get("environment", UNKNOWN_REGION)
    region = str(place).rpartition("/")[2]
    return None if region == UNKNOWN_REGION else region


def read(path: Path) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OpsError(f"{path}: {error.strerror}: write it anew with `make synth`") from None
    except ValueError:
        raise OpsError(f"{path} is no JSON: write it anew with `make synth`") from None
    return found
