"""What holds for every test?"""

from hypothesis import HealthCheck, settings

# No test fails on a time, on however slow a machine.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
