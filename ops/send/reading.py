"""How is a file read, log by log, and what is told of what is none?"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from lambda_src.printable import printable
from ops.aws import OpsError
from ops.send.checkpoint import Checkpoint, after
from ops.send.json_texts import Unreadable
from ops.send.logs_of_file import BadLog, given_of
from ops.send.portion import Given, Mark
from ops.send.raw import Raw, raws

STANDARD_INPUT = "-"
MOST_TOLD = 20  # of what is bad
LONGEST_NAME = 200
LONGEST_PATH = 500


def name_of(path: str) -> str:
    return "standard input" if path == STANDARD_INPUT else printable(Path(path).name, LONGEST_NAME)


def is_read_once(path: str) -> bool:
    """Standard input and pipes are: what is in them is not known before it is sent."""
    return path == STANDARD_INPUT or (Path(path).exists() and not Path(path).is_file())


class Reading:
    """One pass over a file. `skipped` counts what could not be sent so far, `bad` says where and why of the first.

    `name`: of the file alone; `path`: as it was given. `end`: the place after what was read last, be it a log or not.
    """

    def __init__(self, path: str, *, source: str) -> None:
        self.name = name_of(path)
        self.path = self.name if path == STANDARD_INPUT else printable(path, LONGEST_PATH)
        self.skipped = 0
        self.bad: list[str] = []
        self.end: Mark | None = None
        self._source = source
        with self._errors():
            pieces = pieces_of(path)
            first = next(pieces, None)
        if first is None:
            raise OpsError(f"{self.path} is empty: expected one log a line, or an array of logs")
        self.first = first
        self._raws: Iterator[Raw] = chain([first], pieces)

    def logs(self, *, start: Checkpoint | None, skip_bad: bool) -> Iterator[Given]:
        """Those after `start`. Raises OpsError at the first bad one; with `skip_bad` it only counts it."""
        self.skipped = start.mark.skipped if start else 0
        self.end = start.mark if start else None
        with self._errors():
            for raw, digest in after(start, self._raws):
                try:
                    log = given_of(raw, source=self._source, digest=digest, skipped=self.skipped)
                except BadLog as bad:
                    if not skip_bad:
                        raise OpsError(f"{raw.place}: {bad}; correct it, or leave it out with --skip-bad") from None
                    self._skip(f"{raw.place}: {bad}")
                else:
                    yield log
                self.end = Mark(number=raw.number, digest=digest, skipped=self.skipped)

    def _skip(self, what: str) -> None:
        self.skipped += 1
        if len(self.bad) < MOST_TOLD:
            self.bad.append(what)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """One line with the file's name."""
        try:
            yield
        except (OpsError, Unreadable) as error:
            raise OpsError(f"{self.path}: {error}") from error
        except OSError as error:
            raise OpsError(f"{self.path} cannot be read: {error.strerror}") from error


def pieces_of(path: str) -> Iterator[Raw]:
    """Of a file, which is closed at the end; or of standard input, which is left open."""
    if path == STANDARD_INPUT:
        yield from raws(sys.stdin.buffer.readline, sys.stdin.buffer.read1)  # type: ignore[union-attr] # it is buffered
    else:
        with Path(path).open("rb") as file:
            yield from raws(file.readline, file.read1)
