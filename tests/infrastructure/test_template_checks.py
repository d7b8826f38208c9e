from pathlib import Path

from aws_cdk import App, Stack, Validations
from aws_cdk import aws_sqs as sqs
from cdk_nag import AwsSolutionsChecks
from cfnlint.api import lint_file

from tests.infrastructure.assembly import Assembly, assemble


def lint(template: Path) -> list[str]:
    return [f"{match.rule.id} {match.message}" for match in lint_file(template)]


def test_cdk_nag_has_no_unacknowledged_finding(assembly: Assembly) -> None:
    assert assembly.findings == []


def test_cdk_nag_finds_a_plain_queue(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    sqs.Queue(Stack(app, "Plain"), "Queue")
    found = assemble(app, tmp_path).findings
    assert any(finding.startswith("AwsSolutions-SQS4") for finding in found), found


def test_cfn_lint_has_no_finding_of_any_level(assembly: Assembly) -> None:
    templates = sorted(assembly.directory.glob("*.template.json"))
    assert templates
    assert {template.name: lint(template) for template in templates} == {template.name: [] for template in templates}


def test_cfn_lint_finds_a_misspelled_property(tmp_path: Path) -> None:
    template = tmp_path / "misspelled.template.json"
    template.write_text('{"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueName": "a"}}}}')
    assert any(finding.startswith("E3002") for finding in lint(template))
