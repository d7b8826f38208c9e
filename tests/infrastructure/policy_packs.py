"""What did the policy packs find, and which of it is acknowledged?"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stacks.components.pack import Pack


@dataclass(frozen=True, order=True)
class Acknowledged:
    """A finding set aside: `rule` (without its pack's name) about `resource`, acknowledged `at` a construct."""

    pack: Pack
    rule: str
    resource: str
    reason: str
    at: str


def reports(directory: Path) -> list[dict[str, Any]]:
    """Of each plugin. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema.PluginReportJson.html."""
    found: list[dict[str, Any]] = json.loads((directory / "validation-report.json").read_text())["pluginReports"]
    return found


def open_findings(directory: Path) -> list[str]:
    return [
        f"{violation['ruleName']} at {construct.get('constructPath')}"
        for report in reports(directory)
        for violation in report["violations"]
        for construct in violation["violatingConstructs"]
    ]


def acknowledged_findings(directory: Path) -> list[Acknowledged]:
    return [
        Acknowledged(
            pack=Pack(report["pluginName"]),
            rule=violation["ruleName"].removeprefix(f"{report['pluginName']}-"),
            resource=construct["constructPath"],
            reason=violation["reason"],
            at=violation["acknowledgedAt"],
        )
        for report in reports(directory)
        if report["pluginName"] in list(Pack)
        for violation in report.get("suppressedViolations", [])
        for construct in violation["violatingConstructs"]
    ]


def acknowledgments(directory: Path) -> Iterator[str]:
    """`pack-rule at construct` of every acknowledgment that the app makes, from the stacks' metadata."""
    from aws_cdk import Validations

    for file in directory.glob("*.metadata.json"):
        for path, entries in json.loads(file.read_text()).items():
            for entry in entries:
                if entry["type"] == Validations.ACKNOWLEDGED_RULES_METADATA_KEY:
                    yield from (f"{rule} at {path.removeprefix('/')}" for rule in of_packs(entry["data"]))


def of_packs(acknowledged: dict[str, str]) -> list[str]:
    """Without those that aws-cdk makes about its own checks."""
    parts = [id_.partition("::") for id_ in acknowledged]
    return [rule for pack, _, rule in parts if pack in list(Pack)]


def unneeded_acknowledgments(directory: Path) -> list[str]:
    """Those that set no finding aside: the rule has changed, the resource is gone, or the name is misspelled."""
    needed = {f"{found.pack}-{found.rule} at {found.at}" for found in acknowledged_findings(directory)}
    return sorted(set(acknowledgments(directory)) - needed)
