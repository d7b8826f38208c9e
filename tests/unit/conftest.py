"""What do the unit tests share?"""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Path]:
    """The file that a payload makes if anything executes it. Nothing may."""
    path = tmp_path / "canary"
    yield path
    assert not path.exists()
