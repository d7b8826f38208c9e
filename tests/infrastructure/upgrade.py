"""What would an upgrade delete or replace that holds something?"""

from collections.abc import Iterator, Mapping
from typing import Any

from stacks.components.stateful import STATEFUL
from tests.infrastructure.assembly import Assembly
from tests.infrastructure.schemas import replacing_properties

# A topic holds its subscriptions: whoever confirmed one by hand would have to do it again.
HOLDING = (*STATEFUL, "AWS::SNS::Topic")
Held = Mapping[str, Mapping[str, Any]]


def held(assembly: Assembly) -> dict[str, dict[str, Any]]:
    """By `stack/logical id`: the type, whether it is retained, and the properties whose change is a replacement."""
    return {
        name: {
            "Type": resource["Type"],
            "Retained": resource.get("DeletionPolicy", "Delete").startswith("Retain"),
            **{
                field: resource["Properties"][field]
                for field in replacing_properties(resource["Type"])
                if field in resource.get("Properties", {})
            },
        }
        for name, resource in assembly.resources(*HOLDING)
    }


def losses(before: Held, now: Held) -> Iterator[str]:
    """A sentence for each. A property that is written in another way counts as changed, whatever its value becomes."""
    for name, was in before.items():
        kind = f"{name} ({was['Type']})"
        if name not in now:
            yield f"{kind} would be deleted: its id, or that of a construct around it, was changed, or it is gone"
            continue
        for field in sorted({*was, *now[name]} - {"Retained"}):
            if was.get(field) != now[name].get(field):
                yield f"{kind} would be replaced: {field} was {was.get(field)}, and is {now[name].get(field)}"
        if was["Retained"] and not now[name]["Retained"]:
            yield f"{kind} would no longer be retained"
