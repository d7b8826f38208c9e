"""Where is Auth0's reference data?"""

from tests.unit.lambda_src.auth0_events.conftest import reference as reference
