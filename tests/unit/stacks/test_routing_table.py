"""Is every mistake in stacks/routes.py one line that says where it is?"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from stacks import routing_table
from stacks.routing_table import InvalidRoutes, read_routes

TABLE = Path(__file__).resolve().parents[3] / "stacks" / "routes.py"
USER_DELETION = 'name="UserDeletion",\n        targets=(Target.TASK,),\n        log_types=("sdu",),'
MISTAKES = {
    "a comma of a tuple": (
        "targets=(Target.TASK,)",
        "targets=(Target.TASK)",
        r"line \d+: .*expected a tuple",
    ),
    "a target that is text": ("(Target.TASK,)", '("ecs",)', r"line \d+: route UserDeletion has targets=\('ecs',\)"),
    "no such target": (
        "Target.TASK",
        "Target.SQS",
        r"line \d+: .*SQS.*: there is no such name; targets are",
    ),
    "log types that are one text": ('("sdu",)', '"sdu"', r"line \d+: .*log_types='sdu'; expected a tuple like"),
    "a log type that is none": ('("sdu",)', '("sdx",)', r"line \d+: unknown Auth0 log type 'sdx'; nearest known: sd"),
    "a log type without quotes": ('("sdu",)', "(sdu,)", r"line \d+: name 'sdu' is not defined"),
    "a misspelled argument": ("log_types=(", "log_type=(", r"line \d+: .*unexpected keyword argument 'log_type'"),
    "a missing argument": ('log_types=("sdu",),', "", r"line \d+: .*missing 1 required .* 'log_types'"),
    "a comma between arguments": ('name="UserDeletion",', 'name="UserDeletion"', r"line \d+: invalid syntax"),
    "a name twice": ('name="UserDeletion"', 'name="TenantChanges"', r"there are several routes with the name Tenant"),
    "a name that is no text": ('name="UserDeletion"', "name=5", r"line \d+: route name 5 .* expected PascalCase"),
    "a name that is too long": ("UserDeletion", "U" * 65, r"line \d+: route name 'U+' .* 64 at most"),
    "another name of the table": ("ROUTES =", "ROUTE =", r"expected ROUTES = \(Route"),
    "something that is no route": ("ROUTES = (", 'ROUTES = ("Everything",', r"expected ROUTES = \(Route"),
}


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a text into the place of the table."""

    def put(text: str) -> None:
        def imported(name: str) -> ModuleType:
            assert name == "stacks.routes"
            module = ModuleType(name)
            exec(compile(text, str(TABLE), "exec"), module.__dict__)  # noqa: S102 - the text is this file's
            return module

        monkeypatch.setattr(routing_table, "import_module", imported)

    return put


def test_the_table_is_read() -> None:
    assert read_routes() == sys.modules["stacks.routes"].ROUTES


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_line(table: Callable[[str], None], right: str, wrong: str, said: str) -> None:
    before, after = TABLE.read_text().split(USER_DELETION)
    if right in USER_DELETION:
        table(before + USER_DELETION.replace(right, wrong, 1) + after)
    else:
        assert right in before
        table(before.replace(right, wrong, 1) + USER_DELETION + after)
    with pytest.raises(InvalidRoutes, match=rf"^stacks/routes\.py(, |: ){said}") as error:
        read_routes()
    assert len(str(error.value).splitlines()) == 1


def test_an_empty_table_is_refused(table: Callable[[str], None]) -> None:
    table("ROUTES = ()")
    with pytest.raises(InvalidRoutes, match="with at least one route"):
        read_routes()


def test_the_line_is_that_of_the_route(table: Callable[[str], None]) -> None:
    text = TABLE.read_text().replace('("sdu",)', '("sdx",)')
    table(text)
    (name,) = [number for number, line in enumerate(text.splitlines(), 1) if "UserDeletion" in line]
    with pytest.raises(InvalidRoutes, match=rf"line {name - 1}: "):
        read_routes()
