"""Does an upgrade from the last release lose anything that holds something? (docs/environments.md)"""

import json
from copy import deepcopy
from typing import Any

import pytest

from tests.infrastructure.assembly import Assembly
from tests.infrastructure.released import FOLDER, SHAPES_KEPT, file_of, released
from tests.infrastructure.schemas import replacing_properties
from tests.infrastructure.upgrade import HOLDING, held, losses

WHAT_TO_DO = "see docs/environments.md#upgrades before anything is released"
NEVER_REPLACED = "AWS::KMS::Key"


@pytest.mark.parametrize("shape", SHAPES_KEPT)
def test_an_upgrade_deletes_and_replaces_nothing_that_holds_something(
    assemblies: dict[str, Assembly], shape: str
) -> None:
    assert list(losses(released(shape), held(assemblies[shape]))) == [], WHAT_TO_DO


def test_the_released_templates_have_every_type_that_holds_something() -> None:
    assert {resource["Type"] for shape in SHAPES_KEPT for resource in released(shape).values()} == set(HOLDING)
    assert {path.name for path in FOLDER.glob("*.json")} == {file_of(shape).name for shape in SHAPES_KEPT}


def changed(assembly: Assembly, kind: str, change: Any) -> list[str]:
    """The losses after `change`, which takes the resources of a template and a logical id in it, was done to one."""
    templates: dict[str, Any] = deepcopy(dict(assembly.templates))
    name = next(name for name, _ in assembly.resources(kind))
    stack, _, logical_id = name.partition("/")
    change(templates[stack]["Resources"], logical_id)
    found = list(losses(held(assembly), held(Assembly(assembly.directory, templates, []))))
    assert all(loss.startswith(f"{name} ({kind}) would ") for loss in found)
    return found


def rename(resources: dict[str, Any], logical_id: str) -> None:
    resources[f"Renamed{logical_id}"] = resources.pop(logical_id)


@pytest.mark.parametrize("kind", HOLDING)
def test_a_deliberate_rename_of_anything_that_holds_something_is_found(production: Assembly, kind: str) -> None:
    (loss,) = changed(production, kind, rename)
    assert "would be deleted" in loss


@pytest.mark.parametrize("kind", [kind for kind in HOLDING if kind != NEVER_REPLACED])
def test_a_changed_property_that_replaces_is_found(production: Assembly, kind: str) -> None:
    for field in replacing_properties(kind):

        def change(resources: dict[str, Any], logical_id: str, field: str = field) -> None:
            resources[logical_id]["Properties"][field] = "another"

        (loss,) = changed(production, kind, change)
        assert f"would be replaced: {field} was" in loss


def test_a_changed_property_that_is_updated_in_place_is_no_loss(production: Assembly) -> None:
    def change(resources: dict[str, Any], logical_id: str) -> None:
        resources[logical_id]["Properties"]["RetentionDays"] = 1

    assert changed(production, "AWS::Events::Archive", change) == []


def test_a_resource_that_is_no_longer_retained_is_found(production: Assembly) -> None:
    def change(resources: dict[str, Any], logical_id: str) -> None:
        resources[logical_id]["DeletionPolicy"] = "Delete"

    (loss,) = changed(production, "AWS::Events::EventBus", change)
    assert "would no longer be retained" in loss


def test_cloudformations_schema_tells_what_replaces() -> None:
    assert replacing_properties("AWS::Events::Archive") == ["ArchiveName", "SourceArn"]
    assert "KeySchema" in replacing_properties("AWS::DynamoDB::Table")
    assert {kind for kind in HOLDING if not replacing_properties(kind)} == {NEVER_REPLACED}


def test_the_file_of_a_release_is_small_enough_to_be_read() -> None:
    for shape in SHAPES_KEPT:
        assert len(json.dumps(released(shape))) < 20_000, shape
