"""Which versions does this checkout deploy with?"""

import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ops.status.report import Judgement, Row

PART = "this checkout"
PACKAGES = ("aws-cdk-lib", "aws-lambda-powertools", "boto3")
CHECKOUT = Path(__file__).resolve().parents[2]


def judge() -> Judgement:
    """What is deployed is told with its stack (when) and its function (runtime, code); `cdk diff` compares the two."""
    found = {name: of_package(name) for name in PACKAGES}
    pins = json.loads((CHECKOUT / "package.json").read_text())["devDependencies"]
    found["aws-cdk CLI"] = pins["aws-cdk"]
    says = ", ".join(f"{name} {number}" for name, number in found.items())
    yield Row(part=PART, name="versions", says=f"{says}; `cdk diff` compares with what is deployed", facts=found)


@cache
def of_package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
