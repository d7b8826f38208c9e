"""Where is Auth0's reference data?"""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def reference(pytestconfig: pytest.Config) -> Path:
    """The folder with Auth0's tables and JSON Schemas. Shared, not the project's: skips where it is absent."""
    folder = pytestconfig.rootpath.parent / "shared" / "auth0"
    if not folder.is_dir():
        pytest.skip("Auth0's reference data (../shared/auth0) is not beside this checkout")
    return folder
