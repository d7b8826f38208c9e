"""What may each role do? `python -m tests.infrastructure.roles` writes the table of docs/roles.md anew."""

import re
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.infrastructure.assembly import CHECKOUT, SHAPES, Assembly, synthesise
from tests.infrastructure.policies import as_list, text

PAGE = CHECKOUT / "docs" / "roles.md"
START = "| role | of | may |"
HASH = r"[0-9A-F]{8}"  # that aws-cdk ends a logical id with


def table(assembly: Assembly) -> str:
    """One row for each role: its name in the template, who takes it on, and actions by resource."""
    rows = [START, "| --- | --- | --- |"]
    rights: defaultdict[str, list[str]] = defaultdict(list)
    for policy in assembly.properties("AWS::IAM::Policy").values():
        for role in policy["Roles"]:
            rights[role["Ref"]] += [right(statement) for statement in policy["PolicyDocument"]["Statement"]]
    for name, role in sorted(assembly.properties("AWS::IAM::Role").items()):
        (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
        logical_id = name.split("/")[1]
        service = trust["Principal"].get("Service", "GitHub").removesuffix(".amazonaws.com")
        rows.append(f"| {re.sub(HASH + '$', '', logical_id)} | {service} | {'<br>'.join(rights[logical_id])} |")
    return "\n".join(rows) + "\n"


def right(statement: dict[str, Any]) -> str:
    actions, resources = as_list(statement["Action"]), as_list(statement["Resource"])
    services = {action.partition(":")[0] for action in actions}
    verbs = ", ".join(action.partition(":")[2] if len(services) == 1 else action for action in actions)
    return f"{'/'.join(sorted(services))}: {verbs} on {', '.join(map(short, resources))}".replace("*", r"\*")


def short(resource: Any) -> str:
    """`UndeliveredQueue` for its ARN, of whichever stack."""
    found = re.search(rf"(?:FnGetAtt|\$\{{)(\w+?){HASH}", text(resource))
    return found[1] if found else text(resource)


def page(assembly: Assembly) -> str:
    """The page with the table as it should be: what is above it stays."""
    return PAGE.read_text().partition(START)[0] + table(assembly)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(page(synthesise(SHAPES["with a log stream of its own"], Path(folder))))
