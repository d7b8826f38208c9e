"""Are the workflows in .github/workflows right, and safe to run? (`make workflows`)

actionlint reads their syntax, expressions and scripts, zizmor looks for what an attacker could use. Neither asks the
network, nor uses what the machine happens to have (shellcheck, pyflakes): the same findings everywhere.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.set_up import ROOT, VENV

FOLDER = ROOT / ".github" / "workflows"
ACTIONLINT = ("actionlint", "-no-color", "-shellcheck=", "-pyflakes=")
# https://docs.zizmor.sh/usage/#using-personas: auditor has every finding, those that are a matter of taste too.
ZIZMOR = ("zizmor", "--offline", "--no-progress", "--quiet", "--color=never", "--persona=pedantic", "--no-config")


def main() -> int:
    files = sorted(FOLDER.glob("*.y*ml"))
    if not files:
        print(f"workflows: there is none in {FOLDER.relative_to(ROOT)}", file=sys.stderr)
        return 1
    found = findings(files)
    if found:
        print(f"{found}\nworkflows: the findings are above", file=sys.stderr)
    return 1 if found else 0


def findings(files: Sequence[Path]) -> str:
    """What both have to say, and nothing if all is well. Raises RuntimeError for one that says nothing and fails."""
    return "\n".join(said for tool in (ACTIONLINT, ZIZMOR) for said in [run(tool, files)] if said)


def run(tool: Sequence[str], files: Sequence[Path]) -> str:
    name, *options = tool
    command = [str(VENV / "bin" / name), *options, *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).strip()
    if done.returncode and not said:
        raise RuntimeError(f"{name} failed with exit code {done.returncode} and says nothing")
    return said if done.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
