"""What does the one comment on a pull request say about the environments' diffs, and is it there already?

`python -m tools.diff_comment FOLDER`, with the standard library alone and GitHub's `gh`: the job that runs it may write
comments, so that nothing else is installed there. From the environment: GITHUB_REPOSITORY, PULL_REQUEST, COMMIT.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# By which the comment is known; GitHub shows nothing of it.
MARK = "<!-- auth0-events: cdk diff -->"
# GitHub takes 65,536 characters: https://docs.github.com/en/rest/issues/comments#create-an-issue-comment
LONGEST = 60_000
# Colours; and what the CLI says about the CDK's lookup role, which the job may not take on, on purpose.
NOISE = re.compile(r"\x1b\[[0-9;]*m|^(?:current credentials could not|Lookup role arn:).*\n?", re.MULTILINE)
ACCOUNT = re.compile(r"\b\d{12}\b")  # a comment can be as public as the repository


def main(folder: str) -> int:
    diffs = {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(folder).rglob("*.txt"))}
    if not diffs:
        print(f"diff_comment: no diff in {folder}", file=sys.stderr)
        return 1
    repository, number = os.environ["GITHUB_REPOSITORY"], os.environ["PULL_REQUEST"]
    put(comment(diffs, commit=os.environ["COMMIT"]), repository=repository, number=number)
    return 0


def comment(diffs: Mapping[str, str], *, commit: str) -> str:
    """Markdown of at most 65,536 characters. The diffs, by environment, are text in it and never markup."""
    share = LONGEST // len(diffs)
    parts = [section(environment, readable(text), share) for environment, text in diffs.items()]
    return "\n".join([MARK, f"**`cdk diff`** of {commit[:12]}", "", *parts])


def readable(text: str) -> str:
    return ACCOUNT.sub("<account>", NOISE.sub("", text)).strip()


def section(environment: str, text: str, longest: int) -> str:
    cut = "" if len(text) <= longest else "\n… cut off here: the job's log has all of it"
    text = text[:longest]
    # A fence ends at as many backticks as it began with.
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return (
        f"<details><summary>{environment}</summary>\n\n{fence}\n{text or 'no difference'}{cut}\n{fence}\n</details>\n"
    )


def put(body: str, *, repository: str, number: str) -> None:
    """Changes the comment that bears the mark and is the workflow's own, or writes the first."""
    comments = f"repos/{repository}/issues/{number}/comments"
    own = f'.[] | select(.user.login == "github-actions[bot]") | select(.body | startswith("{MARK}")) | .id'
    first = next(iter(gh("--paginate", comments, "--jq", own).split()), "")
    where = ["--method", "PATCH", f"repos/{repository}/issues/comments/{first}"] if first else [comments]
    gh(*where, "--input", "-", "--silent", text=json.dumps({"body": body}))


def gh(*arguments: str, text: str = "") -> str:
    done = subprocess.run(["gh", "api", *arguments], input=text, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
