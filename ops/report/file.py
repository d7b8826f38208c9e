"""Where does the page go?"""

import os
from datetime import UTC
from pathlib import Path

import click

from ops.aws import OpsError
from ops.report.page import GENERATOR
from ops.window import Window

MARK = f'<meta name="generator" content="{GENERATOR}">'.encode()
HEAD = 4_096  # bytes in which the mark is
OWNER_ALONE, AS_THE_SHELL_SAYS = 0o600, 0o666


def default_path(name: str, window: Window) -> Path:
    """In the current folder; `name` is the environment's."""
    start, end = (moment.astimezone(UTC).strftime("%Y%m%dT%H%MZ") for moment in (window.start, window.end))
    return Path(f"report-{name}-{start}-{end}.html")


def require_free(path: Path) -> None:
    """Raises OpsError unless a page can be written there: into a folder, over nothing but an earlier report."""
    name = click.format_filename(path)
    if path.is_dir():
        raise OpsError(f"--output {name} is a folder: name a file in it")
    if not path.absolute().parent.is_dir():
        raise OpsError(f"--output {name}: its folder is not there: make it, or choose another")
    if path.exists() and not (path.is_file() and is_report(path)):
        raise OpsError(f"--output {name} is there and no report: choose another name, or remove it")


def is_report(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return MARK in file.read(HEAD)
    except OSError as error:
        raise OpsError(f"--output {click.format_filename(path)}: {error.strerror}") from error


def write(path: Path, text: str, *, is_personal: bool) -> int:
    """As a whole or not at all; its size in bytes. Raises OpsError."""
    content = text.encode()
    part = path.with_name(f".{path.name}.{os.getpid()}")
    mode = OWNER_ALONE if is_personal else AS_THE_SHELL_SAYS
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
        part.replace(path)
    except OSError as error:
        raise OpsError(f"{click.format_filename(path)} cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return len(content)
