"""What did the stacks of the last release hold, by the file of each shape of environment?"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SHAPES_KEPT = ("simulation only", "with an event source", "production, two tenants")


def file_of(shape: str) -> Path:
    return FOLDER / f"{shape.replace(',', '').replace(' ', '-')}.json"


def released(shape: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file_of(shape).read_text(encoding="utf-8"))
    return found
