"""On which Python, and with which packages of the Lambda runtime, does a function run here?"""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path

from click import ClickException

from bench.page import PAGE

RUNTIMES_OWN = ("boto3", "awslambdaric")
BUILD = PAGE.parent.parent / ".build" / "bench"


def python() -> str:
    """This checkout's; BENCH_PYTHON names a nearer one to the runtime's, which has RUNTIMES_OWN installed."""
    return os.environ.get("BENCH_PYTHON") or sys.executable


@cache
def described() -> tuple[str, Path]:
    """Its version, and where its packages are. Raises ClickException for one that cannot be run."""
    asked = "[platform.python_version(), sysconfig.get_path('purelib')]"
    ask = f"import json, platform, sysconfig; print(json.dumps({asked}))"
    try:
        version, packages = json.loads(subprocess.run([python(), "-c", ask], check=True, capture_output=True).stdout)
    except (OSError, subprocess.CalledProcessError) as error:
        raise ClickException(f"{python()} does not run: correct BENCH_PYTHON ({error})") from None
    return version, Path(packages)


@cache
def runtime_packages() -> Path:
    """A folder with links to what the Lambda runtime has, and to nothing else that is installed here.

    Made anew: another Python of the same version has its packages elsewhere. Raises ClickException.
    """
    version, packages = described()
    folder = BUILD / f"runtime-{version}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = {each.name.lower().replace("_", "-"): each for each in distributions(path=[str(packages)])}
    if missing := [name for name in RUNTIMES_OWN if name not in found]:
        raise ClickException(f"{python()} has no {' and no '.join(missing)}: `{python()} -m pip install` brings it")
    for name in needed(found):
        for part in {file.parts[0] for file in found[name].files or ()}:
            if (packages / part).exists() and part not in ("..", "__pycache__") and not (folder / part).exists():
                (folder / part).symlink_to(packages / part)
    return folder


def needed(found: dict[str, Distribution]) -> set[str]:
    """RUNTIMES_OWN and what they require, of what is installed."""
    names: set[str] = set()
    waiting = list(RUNTIMES_OWN)
    while waiting:
        name = waiting.pop()
        if name in found and name not in names:
            names.add(name)
            requirements = found[name].requires or ()
            waiting += [plain_name(each) for each in requirements if "extra ==" not in each]
    return names


def plain_name(requirement: str) -> str:
    """`python-dateutil` of `python-dateutil<3.0.0,>=2.1`."""
    end = next((at for at, letter in enumerate(requirement) if not (letter.isalnum() or letter in "-_.")), None)
    return requirement[:end].lower().replace("_", "-")
