"""Which files make up a function's asset?"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

from stacks.components.reached_modules import reached_modules
from stacks.components.runtime_bytecode import compile_folder, compiler

CHECKOUT = Path(__file__).resolve().parents[2]
STAGES = CHECKOUT / ".build" / "functions"
# aws-lambda-powertools and what it imports; boto3 comes with the Lambda runtime.
SHIPPED = ("aws-lambda-powertools", "jmespath", "typing-extensions")
# For answers that hold Pydantic models: Pydantic is compiled, and not shipped.
WITHOUT = ("aws_lambda_powertools.event_handler.openapi.compat",)
BUILDERS = ("function_code.py", "reached_modules.py", "runtime_bytecode.py")
# Whatever the umask of who deploys: Lambda runs as another user than the one that a package's files are for.
FOLDER_MODE, FILE_MODE = 0o755, 0o644
OLD = 24 * 3600  # seconds


class NoAsset(ValueError):
    """One line: why the functions have no assets, and where to put it right."""


class CompiledDistribution(NoAsset):
    """A distribution cannot be shipped by copying: it has a part compiled for this machine."""


def function_code(name: str) -> Path:
    """The folder of the asset of the function `lambda_src/<name>/handler.py`.

    `lambda_src` under its own name beside the shipped distributions: of both the modules that the function can reach,
    with the licences, and with bytecode where there is a compiler. They are copied from the environment that runs the
    synthesis: no network, no Docker, and what the tests import is what runs.
    Raises NoAsset, NotCompiled.
    """
    try:
        return stage() / name
    except SyntaxError as error:
        raise NoAsset(f"{error.filename}, line {error.lineno}: {error.msg}") from None
    except OSError as error:
        raise NoAsset(f"the assets cannot be written: {error.filename}: {error.strerror}") from None


@cache
def stage() -> Path:
    """A folder with each function's. One for each content, moved into place whole: two syntheses do not meet."""
    shipped, version = [distribution(name) for name in SHIPPED], compiler()
    finished = STAGES / fingerprint(CHECKOUT / "lambda_src", shipped, version)
    with suppress(OSError):  # it is not there yet, or somebody else's, who may read it
        os.utime(finished)  # it is in use
    if not finished.exists():
        STAGES.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=STAGES) as scratch:
            everything, functions = Path(scratch, "everything"), Path(scratch, "functions")
            copy_files(modules_of(CHECKOUT / "lambda_src"), CHECKOUT, everything)
            for found in shipped:
                copy_distribution(found, everything)
            pack(everything, functions, is_compiled=version is not None)
            move_into_place(functions, finished)
        remove_old(STAGES)
    return finished


def remove_old(stages: Path) -> None:
    """What nobody used for a day: who needs it again makes it anew. It is moved away first: none is half there."""
    with tempfile.TemporaryDirectory(dir=stages, ignore_cleanup_errors=True) as gone:
        for made in stages.iterdir():
            with suppress(OSError):  # another synthesis removes the same, or it cannot go and stays
                if made.stat().st_mtime < time.time() - OLD:
                    made.rename(Path(gone, made.name))


def move_into_place(unfinished: Path, finished: Path) -> None:
    try:
        unfinished.rename(finished)
    except OSError:
        if not finished.exists():  # or another synthesis was first, with the same
            raise


def modules_of(sources: Path) -> list[Path]:
    """Without what editors leave beside them: Emacs's lock of an open file is a link to nowhere, `.#handler.py`."""
    return [file for file in sorted(sources.rglob("*.py")) if file.is_file()]


def fingerprint(sources: Path, shipped: Sequence[Distribution], compiler_version: str | None) -> str:
    """Of all that decides what a stage holds."""
    digest = hashlib.sha256(repr([compiler_version, *((found.name, found.version) for found in shipped)]).encode())
    builders = [Path(__file__).with_name(name) for name in BUILDERS]
    for file in [*modules_of(sources), *builders]:
        name = file.relative_to(sources) if file.is_relative_to(sources) else file.name
        digest.update(os.fsencode(f"{name}\0{file.stat().st_size}\0") + file.read_bytes())
    return digest.hexdigest()[:16]


def copy_distribution(found: Distribution, destination: Path) -> None:
    """Copies the importable files and the licences, which have to go with every copy.

    Other metadata stays behind because installers write machine paths into it.
    """
    for file in found.files or ():
        if file.suffix in (".so", ".pyd", ".dylib"):
            raise CompiledDistribution(f"{found.name} has a compiled part ({file}): it cannot be shipped by copying")
        is_metadata = file.parts[0].endswith(".dist-info")
        if "__pycache__" in file.parts or file.parts[0] == ".." or (is_metadata and not is_licence(file.name)):
            continue
        target = destination / (Path("licences", found.name, file.name) if is_metadata else Path(*file.parts))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(file.locate()), target)


def is_licence(name: str) -> bool:
    return name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS"))


def pack(everything: Path, functions: Path, *, is_compiled: bool) -> None:
    """A folder in `functions` for each handler, with the part of `everything` that it can reach."""
    handlers = sorted((everything / "lambda_src").glob("*/handler.py"))
    reached = {
        name: reached_modules(f"lambda_src.{name}.handler", everything, without=WITHOUT)
        for name in (handler.parent.name for handler in handlers)
    }
    if is_compiled:
        remove_all_but({file for files in reached.values() for file in files}, everything)
        compile_folder(everything)
    licences = [file for file in (everything / "licences").rglob("*") if file.is_file()]
    for name, files in reached.items():
        copy_files([*files, *bytecode_of(files), *licences], everything, functions / name)


def remove_all_but(wanted: set[Path], folder: Path) -> None:
    """Removes the other modules: none is compiled that nobody reaches."""
    for file in folder.rglob("*.py"):
        if file not in wanted:
            file.unlink()


def bytecode_of(files: Iterable[Path]) -> list[Path]:
    return [cached for file in files for cached in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc")]


def copy_files(files: Iterable[Path], source: Path, destination: Path) -> None:
    for file in sorted(files):
        target = destination / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        target.chmod(FILE_MODE)
    for folder in (destination, *(path for path in destination.rglob("*") if path.is_dir())):
        folder.chmod(FOLDER_MODE)
