import json
from pathlib import Path

import pytest

from tools import diff_comment
from tools.diff_comment import MARK, comment

# A `gh` that keeps one comment in a file, as GitHub would: lists, writes and changes it.
GH = """#!/bin/sh
case "$*" in
*--paginate*) test -f comment.json && echo 42; exit 0 ;;
*PATCH*repos/octo-org/octo-repo/issues/comments/42*) cat > comment.json; echo changed >> calls ;;
*repos/octo-org/octo-repo/issues/12/comments*) cat > comment.json; echo written >> calls ;;
*) echo "unknown: $*" >&2; exit 1 ;;
esac
"""


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "bin" / "gh"
    program.parent.mkdir()
    program.write_text(GH)
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("GITHUB_REPOSITORY", "octo-org/octo-repo")
    monkeypatch.setenv("PULL_REQUEST", "12")
    monkeypatch.setenv("COMMIT", "0123456789abcdef")
    return tmp_path


def folder(of: Path, **diffs: str) -> str:
    for environment, text in diffs.items():
        path = of / "diffs" / f"diff-{environment}" / f"{environment}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return str(of / "diffs")


def test_there_is_one_comment_which_is_changed_by_the_next_commit(github: Path) -> None:
    assert diff_comment.main(folder(github, staging="[~] first", production="[~] other")) == 0
    assert diff_comment.main(folder(github, staging="[~] second")) == 0
    assert (github / "calls").read_text() == "written\nchanged\n"
    body = json.loads((github / "comment.json").read_text())["body"]
    assert body.startswith(f"{MARK}\n**`cdk diff`** of 0123456789ab\n")
    assert body.index("production") < body.index("staging")
    assert "[~] second" in body
    assert "[~] other" in body
    assert "first" not in body


def test_nothing_to_say_is_a_failure(github: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff_comment.main(str(github / "none")) == 1
    assert capsys.readouterr().err.startswith("diff_comment: no diff in ")
    assert not (github / "calls").exists()


def test_a_template_cannot_end_its_fence() -> None:
    body = comment({"staging": "a\n````\n<script>@octo-org/everybody"}, commit="abc")
    assert "\n`````\na\n````\n<script>@octo-org/everybody\n`````\n" in body


def test_a_long_diff_is_cut_and_says_so() -> None:
    body = comment({"staging": "x" * 200_000, "production": "y" * 200_000}, commit="abc")
    assert len(body) < 65_536
    assert body.count("… cut off here: the job's log has all of it") == 2


def test_the_accounts_number_colours_and_the_clis_warnings_are_left_out() -> None:
    text = (
        "current credentials could not be used to assume 'arn:aws:iam::123456789012:role/cdk-lookup', but are\n"
        "Lookup role arn:aws:iam::123456789012:role/cdk-lookup was not assumed. Proceeding with default credentials.\n"
        "Stack A (aws://123456789012/eu-west-1)\n\x1b[32m[+]\x1b[39m AWS::SQS::Queue\n"
    )
    assert "\nStack A (aws://<account>/eu-west-1)\n[+] AWS::SQS::Queue\n`" in comment({"staging": text}, commit="abc")


def test_no_difference_is_said() -> None:
    assert "\nno difference\n" in comment({"staging": "\n"}, commit="abc")
