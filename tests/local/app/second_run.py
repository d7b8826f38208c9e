"""Does a second deployment of each kind of environment change anything, and does what comes and goes leave nothing?

`python -m tests.local.app.second_run` deploys them onto one local AWS. Exit code: 0 no, 1 yes.
"""

import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from demo.cdk import CdkError
from local_aws.control import start
from tests.local.app.environment import Environment

# Its settings, and the tenants that it has a partner bus for.
ENVIRONMENTS: Mapping[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    "dev": ({}, ("dev",)),
    "staging": ({}, ("staging",)),
    "production": ({}, ("one", "two")),
    "pr-12": ({"targets": "lambda,kinesis"}, ()),
}


def main() -> int:
    is_well = True
    with start() as aws, tempfile.TemporaryDirectory() as folder:
        for name, (settings, tenants) in ENVIRONMENTS.items():
            plain = Environment(aws, {}, Path(folder))
            sources = ",".join(plain.source_of(tenant) for tenant in tenants)
            context = {**settings, "environment": name, **({"event_source": sources} if sources else {})}
            is_well &= look(name, Environment(aws, context, Path(folder) / name))
    return 0 if is_well else 1


def look(name: str, environment: Environment) -> bool:
    started = time.monotonic()
    others = environment.stacks() | environment.buses()
    environment.create()
    try:
        environment.diff()
        environment.destroy()
        said = f"destroyed, left {sorted((environment.stacks() | environment.buses()) - others) or 'nothing'}"
        is_well = name in ("dev", "pr-12")
    except CdkError as error:
        is_well = "TerminationProtection" in str(error) and name in ("staging", "production")
        said = "not destroyed: it is protected" if is_well else str(error)
    sys.stdout.write(f"{name}: {time.monotonic() - started:.0f} s; {said}\n")
    return is_well


if __name__ == "__main__":
    sys.exit(main())
