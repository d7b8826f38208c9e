"""Which files make up the functions' asset?"""

import hashlib
import shutil
import tempfile
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
STAGES = CHECKOUT / ".build" / "functions"
# aws-lambda-powertools and what it imports; boto3 comes with the Lambda runtime.
SHIPPED = ("aws-lambda-powertools", "jmespath", "typing-extensions")


class CompiledDistribution(ValueError):
    """A distribution cannot be shipped by copying: it has a part compiled for this machine."""


@cache
def function_code() -> Path:
    """The folder of the asset: `lambda_src` under its own name beside the shipped distributions.

    They are copied from the environment that runs the synthesis: no network, no Docker, and what the tests import is
    what runs. One folder for each content, moved into place whole, so that two syntheses at once do not meet.
    Raises CompiledDistribution.
    """
    shipped = [distribution(name) for name in SHIPPED]
    stage = STAGES / fingerprint(CHECKOUT / "lambda_src", shipped)
    if not stage.exists():
        STAGES.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=STAGES) as scratch:
            unfinished = Path(scratch) / "code"
            shutil.copytree(CHECKOUT / "lambda_src", unfinished / "lambda_src", ignore=is_bytecode)
            for found in shipped:
                copy_distribution(found, unfinished)
            if not stage.exists():
                unfinished.rename(stage)
    return stage


def is_bytecode(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "__pycache__"]


def fingerprint(sources: Path, shipped: list[Distribution]) -> str:
    digest = hashlib.sha256(repr([(found.name, found.version) for found in shipped]).encode())
    for file in sorted(sources.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(sources)}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def copy_distribution(found: Distribution, destination: Path) -> None:
    """Copies the importable files; the metadata stays behind because installers write machine paths into it."""
    for file in found.files or ():
        if file.suffix in (".so", ".pyd", ".dylib"):
            raise CompiledDistribution(f"{found.name} has a compiled part ({file}): it cannot be shipped by copying")
        if "__pycache__" in file.parts or file.parts[0] == ".." or file.parts[0].endswith(".dist-info"):
            continue
        target = destination / Path(*file.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(file.locate()), target)
