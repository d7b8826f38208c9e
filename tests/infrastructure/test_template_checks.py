from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from stacks.components.pack import Pack
from tests.infrastructure.assembly import Assembly, add_policy_packs, assemble, new_app
from tests.infrastructure.policy_packs import acknowledgments, unneeded_acknowledgments

if TYPE_CHECKING:
    from aws_cdk import App
    from aws_cdk import aws_sns as sns


def lint(*templates: Path) -> dict[Path, list[str]]:
    """cfn-lint's findings about each. Its rules are read once for all; of templates with the same text it sees one."""
    from cfnlint.config import ConfigMixIn
    from cfnlint.runner import Runner

    by_text = {template.read_bytes(): str(template) for template in templates}
    matches = list(Runner(ConfigMixIn(["--template", *by_text.values()])).run())
    return {
        template: [
            f"{match.rule.id} {match.message}" for match in matches if match.filename == by_text[template.read_bytes()]
        ]
        for template in templates
    }


def templates_of(assembly: Assembly) -> list[Path]:
    return sorted(assembly.directory.glob("*.template.json"))


@pytest.fixture(scope="session")
def linted(assemblies: dict[str, Assembly]) -> dict[Path, list[str]]:
    return lint(*[template for assembly in assemblies.values() for template in templates_of(assembly)])


@pytest.fixture
def checked(tmp_path: Path) -> "App":
    """An empty app under all policy packs."""
    app = new_app(tmp_path)
    add_policy_packs(app)
    return app


def test_no_policy_pack_has_an_unacknowledged_finding(assembly: Assembly) -> None:
    assert assembly.findings == []


def plain_topic(app: "App", **settings: Any) -> "sns.Topic":
    from aws_cdk import Stack
    from aws_cdk import aws_sns as sns

    return sns.Topic(Stack(app, "Plain"), "Topic", **settings)


def test_every_policy_pack_finds_a_plain_topic(checked: "App", tmp_path: Path) -> None:
    plain_topic(checked)
    assert set(assemble(checked, tmp_path).findings) == {
        "AwsSolutions-SNS3 at Plain/Topic/Resource",
        "NIST.800.53.R5-SNSEncryptedKMS at Plain/Topic/Resource",
        "HIPAA.Security-SNSEncryptedKMS at Plain/Topic/Resource",
        "PCI.DSS.321-SNSEncryptedKMS at Plain/Topic/Resource",
    }


def test_every_acknowledgment_sets_a_finding_aside(assembly: Assembly) -> None:
    assert list(acknowledgments(assembly.directory))
    assert unneeded_acknowledgments(assembly.directory) == []


def test_an_acknowledgment_that_no_finding_needs_is_found(checked: "App", tmp_path: Path) -> None:
    from stacks.components.acknowledgment import acknowledge

    topic = plain_topic(checked, enforce_ssl=True)
    acknowledge(topic, "SNS3", Pack.AWS_SOLUTIONS, reason="needed until the topic refused plain HTTP")
    acknowledge(topic, "SNSEncryptedKMS", Pack.NIST, Pack.HIPAA, Pack.PCI, reason="public news")
    assert assemble(checked, tmp_path).findings == []
    assert unneeded_acknowledgments(tmp_path) == ["AwsSolutions-SNS3 at Plain/Topic"]


def test_cfn_lint_has_no_finding_of_any_level(assembly: Assembly, linted: dict[Path, list[str]]) -> None:
    templates = templates_of(assembly)
    assert templates
    assert {template.name: linted[template] for template in templates} == {template.name: [] for template in templates}


def test_cfn_lint_finds_a_misspelled_property_in_each_template_that_has_it(tmp_path: Path) -> None:
    good, misspelled, copied = (tmp_path / f"{name}.template.json" for name in ("good", "misspelled", "copied"))
    good.write_text('{"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "a"}}}}')
    for template in (misspelled, copied):
        template.write_text(good.read_text().replace("QueueName", "QueName"))
    found = lint(good, misspelled, copied)
    assert found[good] == []
    for template in (misspelled, copied):
        assert any(finding.startswith("E3002") for finding in found[template])
