"""Each shape of environment, synthesised once in a session."""

import pytest

from tests.infrastructure.assembly import SHAPES, Assembly, synthesise


@pytest.fixture(scope="session")
def assemblies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assembly]:
    return {
        shape: synthesise(settings, tmp_path_factory.mktemp("assembly"), is_judged=True)
        for shape, settings in SHAPES.items()
    }


@pytest.fixture(params=SHAPES)
def assembly(request: pytest.FixtureRequest, assemblies: dict[str, Assembly]) -> Assembly:
    """Every shape of environment in turn."""
    return assemblies[request.param]


@pytest.fixture
def simulation(assemblies: dict[str, Assembly]) -> Assembly:
    return assemblies["simulation only"]


@pytest.fixture
def partner(assemblies: dict[str, Assembly]) -> Assembly:
    return assemblies["with an event source"]


@pytest.fixture
def production(assemblies: dict[str, Assembly]) -> Assembly:
    """With two tenants."""
    return assemblies["production, two tenants"]
