"""A deployed environment whose sender, bus and ends are in the process."""

import pytest

from tests.emulated.ops.verify.pipeline import Pipeline
from tests.emulated.ops.world import World


@pytest.fixture
def pipeline(world: World) -> Pipeline:
    return Pipeline(world)
