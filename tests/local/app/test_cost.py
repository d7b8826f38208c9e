"""Does what is deployed cost what its synthesis says?"""

from typing import Any

import pytest

from tests.local.app.commands import ops
from tests.local.app.deployment import Deployment

pytestmark = pytest.mark.local


def cost(deployed: Deployment, *arguments: str) -> Any:
    ran = ops(deployed.customer.environment, "cost", "--json", *arguments)
    assert ran.code == 0, ran.errors
    return ran.told


def test_the_deployed_templates_have_the_figures_of_the_synthesised_ones(deployed: Deployment) -> None:
    found, expected = cost(deployed), cost(deployed, "--from", str(deployed.assembly))
    assert found["region"] == deployed.customer.region
    assert expected["region"] is None
    assert found["months"] == expected["months"]
    assert found["a_million_events"] == expected["a_million_events"]
