from pathlib import Path

import pytest

from stacks.components.reached_modules import reached_modules

FILES = {
    "a/__init__.py": "",
    "a/start.py": "import b\nfrom a.next import thing\nfrom typing import TYPE_CHECKING\n"
    "if TYPE_CHECKING:\n    import only_types\nelse:\n    import otherwise\n",
    "a/next.py": "def later():\n    from . import sibling\n    import b.deep as x\n",
    "a/sibling.py": "import missing, json\n",
    "b/__init__.py": "from .inner import name\n",
    "b/inner.py": "",
    "b/deep.py": "import a.start\n",
    "b/nobody.py": "",
    "only_types.py": "",
    "otherwise.py": "",
}


def reached(folder: Path, *, without: tuple[str, ...] = ()) -> set[str]:
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return {str(file.relative_to(folder)) for file in reached_modules("a.start", folder, without=without)}


def test_modules_are_reached_through_packages_relative_imports_and_functions(tmp_path: Path) -> None:
    assert reached(tmp_path) == FILES.keys() - {"b/nobody.py", "only_types.py"}


def test_what_is_left_out_leads_nowhere(tmp_path: Path) -> None:
    assert reached(tmp_path, without=("a.next", "otherwise")) == {
        "a/__init__.py",
        "a/start.py",
        "b/__init__.py",
        "b/inner.py",
    }


def test_a_mistake_is_found_where_it_is(tmp_path: Path) -> None:
    reached(tmp_path)
    (tmp_path / "b" / "deep.py").write_text("def (")
    with pytest.raises(SyntaxError) as found:
        reached_modules("a.start", tmp_path)
    assert (found.value.filename, found.value.lineno) == ("b/deep.py", 1)
