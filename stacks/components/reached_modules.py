"""Which files of a folder can a module come to need?"""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

ONLY_FOR_TYPE_CHECKERS = ("TYPE_CHECKING", "typing.TYPE_CHECKING")


def reached_modules(module: str, folder: Path, *, without: Collection[str] = ()) -> list[Path]:
    """The files, sorted, that `module` reaches by import statements, its own and its packages' among them.

    Statements inside functions count, those for type checkers alone do not. What `importlib` is asked for by name at
    run time is not seen: a test imports and calls what was reached. `without` are modules that nothing is reached by.
    Raises SyntaxError, with the file's place in the folder.
    """
    files: dict[str, Path | None] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in files or name in without:
            continue
        file = files[name] = file_of(name, folder)
        if package := name.rpartition(".")[0]:
            waiting.append(package)
        if file:
            own_package = name if file.name == "__init__.py" else name.rpartition(".")[0]
            tree = ast.parse(file.read_bytes(), filename=str(file.relative_to(folder)))
            waiting += imported_names(tree, own_package)
    return sorted(file for file in files.values() if file)


def file_of(name: str, folder: Path) -> Path | None:
    """None for what the folder does not have, and for a name that is an attribute of a module."""
    path = folder.joinpath(*name.split("."))
    return next((file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()), None)


def imported_names(tree: ast.AST, package: str) -> Iterator[str]:
    """Absolute names; of `from a import b` both `a` and `a.b`, which may be a module."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) in ONLY_FOR_TYPE_CHECKERS:
            for otherwise in node.orelse:
                yield from imported_names(ast.Module([otherwise], []), package)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = imported_from(node, package)
            yield from (source, *(f"{source}.{alias.name}" for alias in node.names))
        elif not isinstance(node, ast.expr):  # most of a module, and no statement is in one
            yield from imported_names(node, package)


def imported_from(node: ast.ImportFrom, package: str) -> str:
    above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    return ".".join([*above, *([node.module] if node.module else [])])
