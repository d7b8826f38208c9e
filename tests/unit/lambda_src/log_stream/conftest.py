import pytest

from tests.unit.lambda_src.log_stream.tenant import World, world


@pytest.fixture
def tenant() -> World:
    return world()
