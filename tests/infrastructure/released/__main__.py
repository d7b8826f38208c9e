"""At a release: `python -m tests.infrastructure.released` makes today's templates the ones that upgrades start from."""

import json
import tempfile
from pathlib import Path

from tests.infrastructure.assembly import SHAPES, synthesise
from tests.infrastructure.released import SHAPES_KEPT, file_of
from tests.infrastructure.upgrade import held

for shape in SHAPES_KEPT:
    with tempfile.TemporaryDirectory() as folder:
        resources = held(synthesise(SHAPES[shape], Path(folder)))
    file_of(shape).write_text(json.dumps(resources, indent=2, sort_keys=True) + "\n", encoding="utf-8")
