"""How does source become bytecode of the Python that Lambda runs?

By that Python itself, as WebAssembly: Pyodide, from npm, on the Node.js that the CDK needs anyway. So it is there for
whatever Python the checkout has, without Docker, and compiles to the same bytes on every machine (docs/adr/0010).
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

PYTHON = "3.14"  # of event_function.RUNTIME
PYODIDE = Path(__file__).resolve().parents[2] / "node_modules" / "pyodide"
# Compiled for where Lambda has it, which tracebacks show. A hash of the source instead of its time, which packing
# changes; checked, so that who edits a source in Lambda's console runs what he wrote: https://peps.python.org/pep-0552/
PROGRAM = """
from pathlib import Path
from py_compile import PycInvalidationMode, PyCompileError, compile

for file in sorted(Path("/folder").rglob("*.py")):
    name = file.relative_to("/folder")
    try:
        compile(str(file), dfile=f"/var/task/{name}", doraise=True,
                invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    except PyCompileError as error:
        raise ValueError(f"{name}: {error.exc_value}") from None
"""
# What Node.js itself writes of an error ends in its own version, and shows the line of code: all of Pyodide is one.
SCRIPT = """
import { pathToFileURL } from "node:url";
const [pyodide, folder, program] = process.argv.slice(1);
process.on("uncaughtException", (error) => {
  console.error(String(error?.message ?? error));
  process.exit(1);
});
const { loadPyodide } = await import(pathToFileURL(pyodide));
const python = await loadPyodide({ env: { HOME: "/", PYTHONHASHSEED: "0" } });
python.mountNodeFS("/folder", folder);
python.runPython(program);
"""


class NotCompiled(ValueError):
    """One line: why there is no bytecode, and what puts it right."""


def compiler(pyodide: Path = PYODIDE) -> str | None:
    """Its exact version; None where `npm ci` has not brought it. Raises NotCompiled for that of another Python."""
    package = pyodide / "package.json"
    if not package.is_file():
        return None
    version: str = json.loads(package.read_text())["version"]
    if version.split(".")[0] != PYTHON.replace(".", ""):
        raise NotCompiled(
            f"node_modules/pyodide is {version} and the functions run on Python {PYTHON}: "
            f"package.json needs the newest pyodide {PYTHON.replace('.', '')}.x"
        )
    return version


def compile_folder(folder: Path, pyodide: Path = PYODIDE) -> None:
    """Puts a `__pycache__` beside the modules in `folder`. Takes two seconds. Raises NotCompiled."""
    node = os.environ.get("JSII_NODE") or shutil.which("node") or "node"
    command = [node, "--input-type=module", "--eval", SCRIPT, "--", str(pyodide / "pyodide.mjs"), str(folder), PROGRAM]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise NotCompiled(f"the functions are not compiled: {node} cannot be run ({error.strerror})") from None
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"{node} ended with {done.returncode}"]
        raise NotCompiled(f"the functions are not compiled: {lines[-1]}")
