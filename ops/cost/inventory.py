"""What does an environment have, as its templates say?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ops.cost.owners import owner_of, owner_of_rule

HASH_LENGTH = 8  # of the characters that aws-cdk puts behind a construct's path to make a logical id
RULE = "AWS::Events::Rule"


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """`name`: the construct's path below its stack, without slashes. `owner`: one of owners.OWNERS."""

    stack: str
    logical_id: str
    type: str
    properties: Mapping[str, Any]
    owner: str = ""

    @property
    def name(self) -> str:
        return self.logical_id[:-HASH_LENGTH]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inventory:
    resources: tuple[Resource, ...]

    def of_type(self, *types: str) -> list[Resource]:
        return [each for each in self.resources if each.type in types]

    def meant(self, value: Any, stack: str, *types: str) -> Resource | None:
        """The first resource of the same stack that a property refers to; of these types, if any are named."""
        found = {each.logical_id: each for each in self.resources if each.stack == stack}
        named = (found[text] for text in texts(value) if text in found)
        return next((each for each in named if not types or each.type in types), None)

    def without(self, is_left_out: Callable[[Resource], bool]) -> "Inventory":
        """Rules lose the targets that are left out, and go with the last one."""
        left = Inventory(resources=tuple(each for each in self.resources if not is_left_out(each)))
        rules = {each.logical_id: targets_that_stay(self, left, each) for each in left.of_type(RULE)}
        return Inventory(
            resources=tuple(
                with_properties(each, Targets=rules[each.logical_id]) if each.type == RULE else each
                for each in left.resources
                if each.type != RULE or rules[each.logical_id]
            )
        )

    def changed(self, type_: str, **properties: Any) -> "Inventory":
        return Inventory(
            resources=tuple(
                with_properties(each, **properties) if each.type == type_ else each for each in self.resources
            )
        )


def inventory_of(templates: Mapping[str, Mapping[str, Any]]) -> Inventory:
    """`templates`: CloudFormation's, by the name of the stack."""
    plain = Inventory(
        resources=tuple(
            Resource(stack=stack, logical_id=id_, type=found["Type"], properties=found.get("Properties", {}))
            for stack, template in sorted(templates.items())
            for id_, found in template["Resources"].items()
        )
    )
    rules = {rule.name: owner_of_rule(owners_of_targets(plain, rule)) for rule in plain.of_type(RULE)}
    return Inventory(resources=tuple(replace(each, owner=owner_of(each.name, rules)) for each in plain.resources))


def owners_of_targets(inventory: Inventory, rule: Resource) -> list[str]:
    meant = (inventory.meant(target["Arn"], rule.stack) for target in rule.properties.get("Targets", ()))
    return [owner_of(each.name, {}) for each in meant if each]


def targets_that_stay(before: Inventory, after: Inventory, rule: Resource) -> list[Any]:
    """A target that is no resource of the stack's own stays."""
    return [
        target
        for target in rule.properties.get("Targets", ())
        if not before.meant(target["Arn"], rule.stack) or after.meant(target["Arn"], rule.stack)
    ]


def with_properties(resource: Resource, **properties: Any) -> Resource:
    return replace(resource, properties={**resource.properties, **properties})


def texts(value: Any) -> Iterator[str]:
    """All texts in a property, from the first on."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
