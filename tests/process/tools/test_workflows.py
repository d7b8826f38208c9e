from pathlib import Path

import pytest

from tools import workflows
from tools.workflows import FOLDER, findings

GOOD = (FOLDER / "ci.yml").read_text(encoding="utf-8")


def planted(tmp_path: Path, old: str, new: str) -> Path:
    assert old in GOOD
    path = tmp_path / "planted.yml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    return path


def test_our_workflows_have_no_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert workflows.main() == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("make check", "make ${{ github.evnt.ref }}", "[expression]"),
        ("runs-on: ubuntu-24.04", "runs-on: ubuntu-1.04", "[runner-label]"),
    ],
)
def test_actionlint_finds_a_planted_fault(tmp_path: Path, old: str, new: str, finding: str) -> None:
    assert finding in findings([planted(tmp_path, old, new)])


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "error[unpinned-uses]"),
        ("run: make check", "run: make ${{ github.event.pull_request.title }}", "error[template-injection]"),
        ("  pull_request:\n", "  pull_request_target:\n", "error[dangerous-triggers]"),
        ("permissions: {}", "permissions: write-all", "error[excessive-permissions]"),
        ("persist-credentials: false", "fetch-depth: 1", "warning[artipacked]"),
    ],
)
def test_zizmor_finds_a_planted_fault(tmp_path: Path, old: str, new: str, finding: str) -> None:
    assert finding in findings([planted(tmp_path, old, new)])


def test_a_finding_is_shown_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planted(tmp_path, "make check", "make ${{ github.evnt.ref }}")
    monkeypatch.setattr(workflows, "FOLDER", tmp_path)
    assert workflows.main() == 1
    assert capsys.readouterr().err.endswith("workflows: the findings are above\n")


def test_a_tool_that_fails_without_a_word_is_no_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    tool = tmp_path / "bin" / "mute"
    tool.write_text("#!/bin/sh\nexit 3\n")
    tool.chmod(0o755)
    monkeypatch.setattr(workflows, "VENV", tmp_path)
    with pytest.raises(RuntimeError, match="mute failed with exit code 3"):
        workflows.run(["mute"], [])
