"""Does anything that this checkout installs have a known vulnerability? (`make audit`)

Asks OSV (by pip-audit) about requirements.lock, and npm's registry about package-lock.json, over the network. It is no
part of `make test`: an advisory of today must not break the tests of a checkout that has not changed.
"""

import subprocess
import sys

from tools.set_up import PACKAGES, ROOT, VENV, npm

# --strict: a package that could not be asked about is a failure, not "nothing known".
PIP_AUDIT = ("-m", "uv", "tool", "run", "--quiet", "pip-audit==2.10.1", "--strict", "--progress-spinner", "off",
             "--disable-pip", "--require-hashes", "-s", "osv", "-r", PACKAGES)  # fmt: skip


def main(options: list[str]) -> int:
    """`options` are pip-audit's, such as `--osv-url`."""
    python = is_clean("Python packages", [sys.executable, *PIP_AUDIT, *options])
    node = is_clean("the AWS CDK CLI", [*npm((VENV / "bin" / "node").resolve()), "audit", "--loglevel=error"])
    return 0 if python and node else 1


def is_clean(what: str, command: list[str]) -> bool:
    """Runs one audit and says in one line how it went, with its findings below."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        print(f"audit: {what}: no known vulnerability")
        return True
    if done.stdout.strip():
        print(f"audit: {what}: there are findings\n{done.stdout.strip()}")
    else:
        lines = [line for line in done.stderr.splitlines() if line.strip() and "complete log" not in line] or ["?"]
        print(f"audit: {what}: could not be checked; is the network there? {lines[-1][:300]}")
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
