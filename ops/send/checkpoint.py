"""Where does a backfill go on, that was interrupted or whose file has grown?

A small file keeps the place after each portion and at the end: numbers and hashes, nothing of the logs. It is named by
the deployment and by the file's first log, so that a renamed file, one that has grown, and standard input go on as
well. Whether what lies before the place is what was sent, a hash of all of it says.
"""

import fcntl
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from ops.aws import OpsError
from ops.send.portion import Mark
from ops.send.raw import Raw
from ops.send.report import Counts

FOLDER = Path(__file__).parents[2] / ".build" / "send"
OTHER = "it is not what an earlier run has sent until there; --restart sends all of it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """`counts`: until `mark`, of the runs since the file was last finished; `before`: events of all runs until then."""

    mark: Mark
    counts: Counts
    before: int = 0


class CheckpointFile:
    """Of the file that begins with `first`, sent through `sender`, which names one deployment's own.

    Raises OpsError if it cannot be written.
    """

    def __init__(self, folder: Path, *, sender: str, first: Raw) -> None:
        name = hashlib.blake2b(sender.encode() + b"\n" + first.text, digest_size=12).hexdigest()
        self.path = folder / f"{name}.json"

    def load(self) -> Checkpoint | None:
        """None if there is none; one that is damaged is none: to send again is harmless."""
        try:
            kept = json.loads(self.path.read_bytes())
            counts = Counts(**{**kept["counts"], "codes": Counter(kept["counts"]["codes"])})
            return Checkpoint(mark=Mark(**kept["mark"]), counts=counts, before=int(kept["before"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def save(self, checkpoint: Checkpoint) -> None:
        """Wholly or not at all, whatever ends the process."""
        kept = {"mark": asdict(checkpoint.mark), "counts": checkpoint.counts.as_json(), "before": checkpoint.before}
        new = self.path.with_suffix(".new")
        with self._errors():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(kept), encoding="utf-8")
            new.replace(self.path)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Before the first event: nobody else sends this file through this sender, and its place can be written."""
        with self._errors():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.with_suffix(".new").touch()
            lock = self.path.with_suffix(".lock").open("wb")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the system gives it back, however the process ends
            except BlockingIOError:
                raise OpsError("another run is sending it now: wait for its end, then run it again") from None
            yield

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OpsError(
                f"the place in the file cannot be kept in {self.path.parent} ({error.strerror}): name another folder "
                "with --checkpoints"
            ) from error

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


def after(checkpoint: Checkpoint | None, raws: Iterator[Raw]) -> Iterator[tuple[Raw, str]]:
    """What follows the checkpoint, each with the hash of everything until there. Raises OpsError for another file."""
    digest = hashlib.blake2b(digest_size=16)
    place = checkpoint.mark.number if checkpoint else 0
    reached = checkpoint is None
    for raw in raws:
        digest.update(raw.text + b"\n")
        if raw.number > place:
            if not reached:
                raise OpsError(OTHER)
            yield raw, digest.hexdigest()
        elif checkpoint and raw.number == place:
            if digest.hexdigest() != checkpoint.mark.digest:
                raise OpsError(f"{raw.place}: {OTHER}")
            reached = True
    if not reached:
        raise OpsError(f"it ends before {place:,}: {OTHER}")
