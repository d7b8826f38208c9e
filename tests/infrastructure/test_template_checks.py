from pathlib import Path

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_sns as sns
from cfnlint.api import lint_file

from stacks.components.acknowledgment import Pack, acknowledge
from tests.infrastructure.assembly import Assembly, add_policy_packs, assemble
from tests.infrastructure.policy_packs import acknowledgments, unneeded_acknowledgments


def lint(template: Path) -> list[str]:
    return [f"{match.rule.id} {match.message}" for match in lint_file(template)]


@pytest.fixture
def checked(tmp_path: Path) -> App:
    """An empty app under all policy packs."""
    app = App(outdir=str(tmp_path))
    add_policy_packs(app)
    return app


def test_no_policy_pack_has_an_unacknowledged_finding(assembly: Assembly) -> None:
    assert assembly.findings == []


def test_every_policy_pack_finds_a_plain_topic(checked: App, tmp_path: Path) -> None:
    sns.Topic(Stack(checked, "Plain"), "Topic")
    assert set(assemble(checked, tmp_path).findings) == {
        "AwsSolutions-SNS3 at Plain/Topic/Resource",
        "NIST.800.53.R5-SNSEncryptedKMS at Plain/Topic/Resource",
        "HIPAA.Security-SNSEncryptedKMS at Plain/Topic/Resource",
        "PCI.DSS.321-SNSEncryptedKMS at Plain/Topic/Resource",
    }


def test_every_acknowledgment_sets_a_finding_aside(assembly: Assembly) -> None:
    assert list(acknowledgments(assembly.directory))
    assert unneeded_acknowledgments(assembly.directory) == []


def test_an_acknowledgment_that_no_finding_needs_is_found(checked: App, tmp_path: Path) -> None:
    topic = sns.Topic(Stack(checked, "Plain"), "Topic", enforce_ssl=True)
    acknowledge(topic, "SNS3", Pack.AWS_SOLUTIONS, reason="needed until the topic refused plain HTTP")
    acknowledge(topic, "SNSEncryptedKMS", Pack.NIST, Pack.HIPAA, Pack.PCI, reason="public news")
    assert assemble(checked, tmp_path).findings == []
    assert unneeded_acknowledgments(tmp_path) == ["AwsSolutions-SNS3 at Plain/Topic"]


def test_cfn_lint_has_no_finding_of_any_level(assembly: Assembly) -> None:
    templates = sorted(assembly.directory.glob("*.template.json"))
    assert templates
    assert {template.name: lint(template) for template in templates} == {template.name: [] for template in templates}


def test_cfn_lint_finds_a_misspelled_property(tmp_path: Path) -> None:
    template = tmp_path / "misspelled.template.json"
    template.write_text('{"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueName": "a"}}}}')
    assert any(finding.startswith("E3002") for finding in lint(template))
