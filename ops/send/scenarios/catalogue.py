"""Which scenarios are there?"""

from collections.abc import Mapping

from ops.send.scenarios import credential_stuffing, quiet_day, signup_burst, tenant_takeover
from ops.send.scenarios.story import Scenario

SCENARIOS: Mapping[str, Scenario] = {
    "credential-stuffing": credential_stuffing.SCENARIO,
    "tenant-takeover": tenant_takeover.SCENARIO,
    "signup-burst": signup_burst.SCENARIO,
    "quiet-day": quiet_day.SCENARIO,
}
