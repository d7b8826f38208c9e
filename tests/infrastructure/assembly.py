"""Which templates do the infrastructure tests look at, and how are they asked?"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stacks.environments import PRODUCTION
from stacks.routes import ROUTES
from stacks.settings import Settings
from tests.infrastructure.policy_packs import open_findings

if TYPE_CHECKING:
    from aws_cdk import App

CHECKOUT = Path(__file__).resolve().parents[2]
EVENT_SOURCE = "aws.partner/auth0.com/example-tenant-0b1c2d3e-4f56-7890-abcd-ef1234567890/auth0.logs"
OTHER_EVENT_SOURCE = "aws.partner/auth0.com/other-tenant-9f8e7d6c-5b4a-3210-fedc-ba9876543210/auth0.logs"
SHAPES = {
    "simulation only": Settings(),
    "with an event source": Settings(
        event_source=(EVENT_SOURCE,),
        alert_email="security@example.com",
        github_repository="octo-org@123456/octo-repo@456789",
    ),
    "with a log stream of its own": Settings(
        auth0_secret="auth0/example-tenant",  # noqa: S106 - its name
        auth0_filters=("auth.login.fail",),
        alert_email="security@example.com",
        account="123456789012",
        region="eu-west-1",
    ),
    "pinned, in an existing VPC": Settings(
        event_source=(f"arn:aws:events:eu-west-1::event-source/{EVENT_SOURCE}",),
        account="123456789012",
        region="eu-west-1",
        vpc_id="vpc-0123456789abcdef0",
    ),
    "partner bus and event log only": Settings(
        environment="lean",
        event_source=(EVENT_SOURCE,),
        simulator=False,
        targets=frozenset(),
        github_repository="octo-org/octo-repo",
        github_ref="refs/pull/*/merge",
        github_oidc_provider_arn="arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
    ),
    "production, two tenants": Settings(
        environment="production", event_source=(EVENT_SOURCE, OTHER_EVENT_SOURCE), **PRODUCTION
    ),
}


# What the CDK CLI finds when it looks the VPC up, in the form that it keeps in cdk.context.json.
LOOKED_UP = {
    (
        "vpc-provider:account=123456789012:filter.vpc-id=vpc-0123456789abcdef0"
        ":region=eu-west-1:returnAsymmetricSubnets=true"
    ): {
        "vpcId": "vpc-0123456789abcdef0",
        "vpcCidrBlock": "10.0.0.0/16",
        "ownerAccountId": "123456789012",
        "availabilityZones": [],
        "subnetGroups": [
            {
                "name": "Private",
                "type": "Private",
                "subnets": [
                    {
                        "subnetId": f"subnet-0123456789abcdef{zone}",
                        "cidr": f"10.0.{zone}.0/24",
                        "availabilityZone": f"eu-west-1{letter}",
                        "routeTableId": f"rtb-0123456789abcdef{zone}",
                    }
                    for zone, letter in enumerate("ab")
                ],
            }
        ],
    }
}
# No assembly gets a copy of its assets, a fifth of jsii's time: the templates, which name their hashes, are the same.
ASSETS_STAY = {"aws:cdk:disable-asset-staging": True}


@dataclass(frozen=True)
class Assembly:
    """One synthesised environment: its templates by stack name, and the policy packs' open findings.

    `stacks`: of each stack, what the CDK CLI is told beside the template (the manifest's properties).
    `lookups`: what the CDK CLI would ask an account for, before it synthesises again.
    """

    directory: Path
    templates: Mapping[str, dict[str, Any]]
    findings: list[str]
    stacks: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    lookups: list[str] = field(default_factory=list)

    def resources(self, *types: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """(`stack/logical id`, resource) of all resources of these types; of all types when none is named."""
        for stack, template in self.templates.items():
            for logical_id, resource in template["Resources"].items():
                if not types or resource["Type"] in types:
                    yield f"{stack}/{logical_id}", resource

    def properties(self, *types: str) -> dict[str, dict[str, Any]]:
        """Their properties; fails where there is none, so that no promise is kept by absence."""
        found = {name: resource["Properties"] for name, resource in self.resources(*types)}
        assert found, f"no resource of type {', '.join(types)}"
        return found


def synthesise(settings: Settings, directory: Path, *, is_judged: bool = False) -> Assembly:
    """`is_judged`: by the policy packs, which takes longer than the rest."""
    from app import build

    app = new_app(directory)
    if is_judged:
        add_policy_packs(app)
    build(app, settings, ROUTES)
    return assemble(app, directory)


def new_app(directory: Path) -> "App":
    from aws_cdk import App

    context = json.loads((CHECKOUT / "cdk.json").read_text())["context"]
    return App(outdir=str(directory), context=context | LOOKED_UP | ASSETS_STAY)


def add_policy_packs(app: "App") -> None:
    from aws_cdk import Validations
    from cdk_nag import AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks

    packs = (AwsSolutionsChecks, NIST80053R5Checks, HIPAASecurityChecks, PCIDSS321Checks)
    Validations.of(app).add_plugins(*[pack(app) for pack in packs])


def assemble(app: "App", directory: Path) -> Assembly:
    try:
        app.synth()
    except RuntimeError as error:  # jsii's; aws-cdk refuses to go on when a policy pack finds something
        if "ValidationFailed" not in str(error):
            raise
    templates = {
        path.name.removesuffix(".template.json"): json.loads(path.read_text())
        for path in sorted(directory.glob("*.template.json"))
    }
    manifest = json.loads((directory / "manifest.json").read_text())
    stacks = {name: manifest["artifacts"][name]["properties"] for name in templates}
    lookups = [lookup["key"] for lookup in manifest.get("missing", [])]
    return Assembly(directory, templates, open_findings(directory), stacks, lookups)
