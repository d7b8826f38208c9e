"""How large is what Lambda fetches for a function?"""

import io
import zipfile
from pathlib import Path

from bench.functions.subjects import subjects
from bench.page import Table
from stacks.components.function_code import function_code
from stacks.components.runtime_bytecode import compiler


def table() -> Table:
    rows = [(subject.name, *sizes(function_code(subject.name))) for subject in subjects()]
    have = f"Bytecode by Pyodide {version}." if (version := compiler()) else "Without bytecode: `npm ci` has not run."
    return Table("Asset", ("function", "modules", "KB", "KB zipped", "of it sources"), rows, (have,))


def sizes(asset: Path) -> tuple[str, ...]:
    files = [file for file in asset.rglob("*") if file.is_file()]
    sources = [file for file in files if file.suffix != ".pyc"]
    modules = sum(file.suffix == ".py" for file in files)
    amounts = (sum(file.stat().st_size for file in files), zipped(files), zipped(sources))
    return (str(modules), *(f"{amount / 1000:.0f}" for amount in amounts))


def zipped(files: list[Path]) -> int:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, str(file))
    return len(content.getvalue())
