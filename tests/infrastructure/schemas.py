"""What does CloudFormation's own schema say about a resource type?"""

from functools import cache
from typing import Any


@cache
def schema(resource_type: str) -> dict[str, Any]:
    """As cfn-lint carries it: https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html."""
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    found: dict[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    return found


def tags_property(resource_type: str) -> str | None:
    """The property that takes tags; None where the type takes none."""
    tagging = schema(resource_type).get("tagging", {})
    if not tagging.get("taggable", "Tags" in schema(resource_type)["properties"]):
        return None
    return str(tagging.get("tagProperty", "/properties/Tags")).rpartition("/")[2]


def replacing_properties(resource_type: str) -> list[str]:
    """Those whose change makes CloudFormation replace the resource, always or under a condition."""
    found = schema(resource_type)
    paths = [*found.get("createOnlyProperties", []), *found.get("conditionalCreateOnlyProperties", [])]
    return sorted({path.split("/")[2] for path in paths})
