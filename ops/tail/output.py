"""Does anybody read what is written, and how does a command end when nobody does?"""

import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def while_read() -> Iterator[None]:
    """Leaves the block quietly when the reader of the output has gone: `| head -1`."""
    try:
        yield
    except BrokenPipeError:
        # Python writes what it has buffered when it ends, and would complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def wait(seconds: float) -> None:
    """Raises BrokenPipeError as soon as the reader of the output has gone."""
    try:
        output = sys.stdout.fileno()
    except OSError:  # no file of the system's: nobody can go
        time.sleep(seconds)
        return
    gone = select.poll()
    gone.register(output, 0)  # errors are told in any case
    if any(events & select.POLLERR for _, events in gone.poll(seconds * 1_000)):
        raise BrokenPipeError
