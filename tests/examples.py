"""Which examples does Hypothesis try? (an import has it so: by the conftest.py of each folder with property tests)"""

import os

from hypothesis import HealthCheck, settings

# No test fails on a time, on however slow a machine; and the same examples everywhere: what CI finds, a checkout finds.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, database=None
)
# New examples in every run, and twenty times as many: HYPOTHESIS_PROFILE=thorough make test-properties
settings.register_profile("thorough", settings.get_profile("untimed"), derandomize=False, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "untimed"))
