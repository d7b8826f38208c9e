"""How is the app deployed with the real CDK CLI?"""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
CDK = CHECKOUT / ".venv" / "bin" / "cdk"
BUILD = CHECKOUT / ".build"
# Ends the CLI and all that it runs when who called it is gone, however it went: its lock would stop the next run.
GUARD = ("sh", "-c", "read -r _; kill -9 0")


class CdkError(Exception):
    """The CLI's own last lines, when one of its commands failed."""


class Cdk:
    """The CLI with one environment, context and cloud assembly: synthesised once, then used by every command."""

    def __init__(self, *, environment: Mapping[str, str], context: Mapping[str, str], assembly: Path) -> None:
        self._environment = {**environment, **caches_in_checkout(), "CDK_VALIDATION": "false"}
        self._context = [part for name, value in context.items() for part in ("-c", f"{name}={value}")]
        self._assembly = str(assembly)

    def synth(self) -> None:
        self._run("synth", "--quiet", "--output", self._assembly, *self._context)

    def bootstrap(self) -> None:
        self._run("bootstrap", "--app", self._assembly)

    def deploy(self, *options: str) -> None:
        unasked = ("--require-approval", "never")
        self._run("deploy", "--all", "--app", self._assembly, *unasked, "--concurrency", "4", *options)

    def _run(self, *arguments: str) -> None:
        with subprocess.Popen(GUARD, stdin=subprocess.PIPE, process_group=0) as guard:
            done = subprocess.run(
                [str(CDK), *arguments, "--no-notices"],
                cwd=CHECKOUT,
                env=self._environment,
                process_group=guard.pid,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
        if done.returncode:
            raise CdkError(f"cdk {arguments[0]} failed with exit code {done.returncode}:\n{reasons(done.stdout)}")


def reasons(output: str) -> str:
    """The lines that tell of a failure; stacks deploy side by side, so that the last lines may be about another one."""
    lines = output.strip().splitlines()
    telling = [line for line in lines if re.search(r"❌|FAILED|failed|[Ee]rror", line)]
    return "\n".join((telling or lines)[-10:])


def caches_in_checkout() -> dict[str, str]:
    """The CLI and jsii keep caches in the user's home; what the demo makes stays in the checkout."""
    return {
        "CDK_HOME": str(BUILD / "cdk-home"),
        "JSII_RUNTIME_PACKAGE_CACHE_ROOT": str(BUILD / "jsii-cache"),
        "CDK_DISABLE_CLI_TELEMETRY": "true",
        "PYTHONDONTWRITEBYTECODE": "",
    }
