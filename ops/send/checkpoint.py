"""Where does an interrupted backfill go on?

A small file keeps the place after each portion: numbers and hashes, nothing of the logs. It is named by the deployment
and by the file's first log, so that a renamed file, one that has grown, and standard input go on as well. Whether what
lies before the place is what was sent, a hash of all of it says.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from ops.aws import OpsError
from ops.send.portion import Mark
from ops.send.raw import Raw
from ops.send.report import Counts

FOLDER = Path(__file__).parents[2] / ".build" / "send"
OTHER = "it is not what an interrupted run has sent until there; --restart sends all of it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """`counts`: of all runs until `mark`."""

    mark: Mark
    counts: Counts


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
            return Checkpoint(mark=Mark(**kept["mark"]), counts=counts)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def save(self, checkpoint: Checkpoint) -> None:
        """Wholly or not at all, whatever ends the process."""
        kept = {"mark": asdict(checkpoint.mark), "counts": checkpoint.counts.as_json()}
        new = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(kept), encoding="utf-8")
            new.replace(self.path)
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
