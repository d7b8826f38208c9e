"""How is each app run once, and what does it take?"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.synthesis.javascript import Exchange, program

CHECKOUT = Path(__file__).resolve().parents[2]
PLACE = CHECKOUT / ".build" / "bench" / "synthesis"
# Everything on: both buses, all targets, alarms that call somebody, the roles of a repository's jobs.
CONTEXT = {
    "event_source": "aws.partner/auth0.com/example-tenant-0b1c2d3e-4f56-7890-abcd-ef1234567890/auth0.logs",
    "alert_email": "security@example.com",
    "github_repository": "octo-org@123456/octo-repo@456789",
}
PYTHON, NODE = sys.executable, str(CHECKOUT / ".venv" / "bin" / "node")
JAVASCRIPT = [NODE, str(PLACE / "app.js")]


def environment(outdir: Path, *, validation: bool) -> dict[str, str]:
    """What the CDK CLI gives an app, with nothing of this shell's that would slow it down."""
    context = json.loads((CHECKOUT / "cdk.json").read_text())["context"] | CONTEXT
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
        "PATH": f"{CHECKOUT / '.venv' / 'bin'}:{os.environ['PATH']}",
        "CDK_CONTEXT_JSON": json.dumps(context),
        "CDK_OUTDIR": str(outdir),
        "CDK_VALIDATION": str(validation).lower(),
    }


def seconds(command: Sequence[str], *, validation: bool = False, more: Mapping[str, str] | None = None) -> float:
    outdir = PLACE / "cdk.out"
    began = time.perf_counter()
    subprocess.run(
        command, cwd=CHECKOUT, env=environment(outdir, validation=validation) | dict(more or {}),
        capture_output=True, check=True,
    )  # fmt: skip
    return time.perf_counter() - began


def make_javascript_app() -> list[Exchange]:
    """Writes it from the calls that app.py makes; returns these. Raises ValueError if its templates are others."""
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    calls = PLACE / "calls.json"
    subprocess.run(
        [PYTHON, "-m", "bench.synthesis.recording", str(calls)],
        cwd=CHECKOUT, env=environment(PLACE / "python", validation=False), capture_output=True, check=True,
    )  # fmt: skip
    exchanges: list[Exchange] = json.loads(calls.read_text())
    for request, _ in exchanges:
        if request.get("api") == "load":
            unpack(request["name"], Path(request["tarball"]))
    (PLACE / "app.js").write_text(program(exchanges))
    subprocess.run(
        JAVASCRIPT,
        cwd=CHECKOUT,
        env=environment(PLACE / "javascript", validation=False),
        capture_output=True,
        check=True,
    )
    compare_templates(PLACE / "python", PLACE / "javascript")
    return exchanges


def unpack(name: str, tarball: Path) -> None:
    """The library as jsii has it in Python's package: both apps run the same code."""
    with tarfile.open(tarball) as archive:
        archive.extractall(PLACE / "node_modules" / name, filter="data")
    package = PLACE / "node_modules" / name / "package"
    for each in package.iterdir():
        each.rename(package.parent / each.name)


def compare_templates(one: Path, other: Path) -> None:
    names = sorted(path.name for path in one.glob("*.template.json"))
    if not names or any((one / name).read_bytes() != (other / name).read_bytes() for name in names):
        raise ValueError(f"the JavaScript app is no equivalent: compare {one} with {other}")
